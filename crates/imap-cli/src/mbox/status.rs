//! Flags as fields of the header.

use imap_util::Flag;

/// The fields that tell of these flags, as lines.
pub(super) fn lines(flags: &[String]) -> String {
    let has = |name: &str| flags.iter().any(|flag| flag.eq_ignore_ascii_case(name));
    let letters = |table: &[(char, &str)]| -> String {
        let set = table.iter().filter(|(_, name)| has(name));
        set.map(|(letter, _)| *letter).collect()
    };
    let keywords = flags.iter().filter(|flag| !flag.starts_with('\\'));
    let keywords: Vec<&str> = keywords.map(String::as_str).collect();
    let mut lines = format!("Status: {}O\n", letters(&STATUS));
    let rest = [letters(&X_STATUS), keywords.join(" ")];
    for (name, value) in ["X-Status", "X-Keywords"].into_iter().zip(rest) {
        if !value.is_empty() {
            lines.push_str(&format!("{name}: {value}\n"));
        }
    }
    lines
}

/// The flags in a line of the header; nothing if it is another one.
pub(super) fn flags(line: &[u8]) -> Option<Vec<String>> {
    let (name, value) = std::str::from_utf8(line).ok()?.split_once(':')?;
    let value = value.trim();
    let letters = |table: &[(char, &str)]| {
        let set = table.iter().filter(|(letter, _)| value.contains(*letter));
        set.map(|(_, name)| (*name).to_owned()).collect()
    };
    if name.eq_ignore_ascii_case("Status") {
        Some(letters(&STATUS))
    } else if name.eq_ignore_ascii_case("X-Status") {
        Some(letters(&X_STATUS))
    } else if name.eq_ignore_ascii_case("X-Keywords") {
        let words = value.split([' ', ',']);
        let keywords = words.filter(|word| matches!(Flag::new(word), Ok(Flag::Keyword(_))));
        Some(keywords.map(str::to_owned).collect())
    } else {
        None
    }
}

const STATUS: [(char, &str); 1] = [('R', "\\Seen")];
const X_STATUS: [(char, &str); 4] = [
    ('A', "\\Answered"),
    ('D', "\\Deleted"),
    ('F', "\\Flagged"),
    ('T', "\\Draft"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_flags_there_and_back() {
        let names = ["$Junk", "\\Answered", "\\Draft", "\\Seen", "work"];
        let names = names.map(str::to_owned);
        let text = lines(&names);
        assert_eq!(text, "Status: RO\nX-Status: AT\nX-Keywords: $Junk work\n");
        let mut read: Vec<String> = text
            .lines()
            .flat_map(|l| flags(l.as_bytes()).unwrap())
            .collect();
        read.sort();
        assert_eq!(read, names);
        assert_eq!(lines(&[]), "Status: O\n");
        assert_eq!(flags(b"Subject: Status: RO"), None);
    }
}
