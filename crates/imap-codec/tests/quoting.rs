//! Which form a string gets, against vectors collected for the same question elsewhere.

use imap_codec::{Encode, EncodeOptions, Encoder, LiteralMode, Reason, encode_command};
use imap_proto::command::{Create, Login};
use imap_proto::{Address, IString, Tag};
use serde_json::Value;

/// Encodes a string where an `astring` goes, and gives its wire form.
fn astring(text: &str, options: EncodeOptions) -> Result<Vec<u8>, (usize, Reason)> {
    let create = Create {
        mailbox: text.into(),
        parameters: &[],
    };
    let encoded = encode_command(Tag::new("a").unwrap(), &create, options);
    let bytes = encoded
        .map_err(|error| (error.offset, error.reason))?
        .into_bytes();
    let bytes = bytes.strip_prefix(b"a CREATE ").unwrap();
    Ok(bytes.strip_suffix(b"\r\n").unwrap().to_vec())
}

/// The vectors write the announcement of a literal with its line end spelt out.
fn expected_wire(expected: &Value) -> Vec<u8> {
    let wire = expected["wire"].as_str().unwrap();
    match expected["form"].as_str().unwrap() {
        "literal" => wire.replacen("}\\r\\n", "}\r\n", 1).into_bytes(),
        _ => wire.as_bytes().to_vec(),
    }
}

fn vectors() -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("vectors/quoting.json")).unwrap();
    file["quoting"]["vectors"].as_array().unwrap().clone()
}

#[test]
fn ok_vectors() {
    let options = EncodeOptions::CLIENT.with_line_breaks(true);
    let vectors = vectors();
    assert_eq!(vectors.len(), 64);
    for vector in &vectors {
        let input = vector["input"].as_str().unwrap();
        for (column, utf8) in [("rust_rev1", false), ("rust_utf8", true)] {
            let expected = &vector[column];
            let encoded = astring(input, options.with_utf8(utf8));
            if expected["form"] == "refuse" {
                assert_eq!(encoded, Err((3, Reason::Nul)), "{input:?}");
            } else {
                let encoded = encoded.unwrap();
                assert_eq!(encoded, expected_wire(expected), "{input:?} {column}");
            }
        }
    }
}

/// Where a client does something else than the vectors say, and why.
#[test]
fn ok_clients_refuse_line_breaks() {
    // A line break in an argument is nearly always an attack or a mistake.
    let differences = [("cr\rx", 2), ("lf\nx", 2), ("crlf\r\nX1 LOGOUT", 4)];
    for (input, offset) in differences {
        let vectors = vectors();
        let vector = vectors.iter().find(|v| v["input"] == input).unwrap();
        assert_eq!(vector["rust_rev1"]["form"], "literal");
        let encoded = astring(input, EncodeOptions::CLIENT);
        assert_eq!(encoded, Err((offset, Reason::LineBreak)), "{input:?}");
    }
}

#[test]
fn ok_long_strings_are_literals() {
    // Servers limit lines and quoted strings, but hardly literals.
    for (length, start) in [(1024, &b"\"x x"[..]), (1025, b"{1025}\r\nx x")] {
        let text: String = "x ".chars().cycle().take(length).collect();
        let encoded = astring(&text, EncodeOptions::CLIENT).unwrap();
        assert!(encoded.starts_with(start), "{length}");
    }
    let atom = "x".repeat(1025);
    assert!(
        astring(&atom, EncodeOptions::CLIENT)
            .unwrap()
            .starts_with(b"{1025}\r\n")
    );
}

#[test]
fn ok_utf8_that_is_broken_is_a_literal() {
    let mut out = Encoder::new(EncodeOptions::SERVER.with_utf8(true));
    IString(b"\xc3").encode(&mut out);
    assert_eq!(out.finish().unwrap().as_bytes(), b"{1}\r\n\xc3");
}

#[test]
fn ok_literals_are_announced_as_the_server_reads_them() {
    let small = "\u{e4}".repeat(2048);
    let large = "\u{e4}".repeat(2049);
    let cases = [
        (LiteralMode::Synchronizing, &small, "{4096}", 1),
        (LiteralMode::NonSynchronizingSmall, &small, "{4096+}", 0),
        (LiteralMode::NonSynchronizingSmall, &large, "{4098}", 1),
        (LiteralMode::NonSynchronizing, &large, "{4098+}", 0),
        (LiteralMode::Response, &large, "{4098}", 0),
    ];
    for (mode, password, marker, pauses) in cases {
        let login = Login {
            user_name: "ann".into(),
            password: password.as_str().into(),
        };
        let options = EncodeOptions::CLIENT.with_literals(mode);
        let encoded = encode_command(Tag::new("a").unwrap(), &login, options).unwrap();
        let line = format!("a LOGIN ann {marker}\r\n");
        assert!(encoded.as_bytes().starts_with(line.as_bytes()), "{mode:?}");
        assert_eq!(encoded.pauses(), &[line.len()][..pauses], "{mode:?}");
    }
}

/// A string as a server writes it where no atom can stand, told octet by octet.
fn string(octets: &[u8]) -> Vec<u8> {
    if octets.iter().any(|b| matches!(b, b'\r' | b'\n' | 0x80..)) {
        return [format!("{{{}}}\r\n", octets.len()).as_bytes(), octets].concat();
    }
    let mut quoted = vec![b'"'];
    for b in octets {
        if matches!(b, b'"' | b'\\') {
            quoted.push(b'\\');
        }
        quoted.push(*b);
    }
    quoted.push(b'"');
    quoted
}

#[test]
fn ok_octets_at_each_place_of_strings_of_each_length() {
    for length in 0..=70 {
        for place in 0..=length {
            for octet in *b"\"\\\r\n\t\x01\x0e !#[]\x7f\x80\xff" {
                let mut octets = b"plain text, ".repeat(6);
                octets.truncate(length);
                octets.extend([octet]);
                octets.swap(place, length);
                let octets = IString(&octets);
                let address = Address {
                    name: Some(octets),
                    route: None,
                    mailbox: Some(octets),
                    host: Some(octets),
                };
                let mut out = Encoder::new(EncodeOptions::SERVER);
                address.encode(&mut out);
                octets.encode(&mut out);
                let wire = string(octets.as_bytes());
                let expected = [b"(", &*wire, b" NIL ", &wire, b" ", &wire, b")", &wire].concat();
                let bytes = out.finish().unwrap().into_bytes();
                assert_eq!(
                    bytes.escape_ascii().to_string(),
                    expected.escape_ascii().to_string()
                );
            }
        }
    }
}

#[test]
fn err_nul_at_each_place_of_strings_of_each_length() {
    for length in 0..=70 {
        for place in 0..=length {
            let mut octets = vec![b'x'; length + 1];
            octets[place] = 0;
            let mut out = Encoder::new(EncodeOptions::SERVER);
            let address = Address {
                name: Some(IString(&octets)),
                ..Address::default()
            };
            address.encode(&mut out);
            let error = out.finish().unwrap_err();
            assert_eq!((error.offset, error.reason), (place, Reason::Nul));
        }
    }
}
