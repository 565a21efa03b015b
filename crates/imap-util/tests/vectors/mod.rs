//! Results of Python's imaplib, and where ours differ from them on purpose.
//!
//! `imaplib.json` was made by running Python 3.11. `differences.json` has a group for each reason
//! to differ, whose rows are the section, the zone, the argument and what this crate gives. A
//! result that is neither Python's nor in the table fails, and so does a row that no result needs.

use std::collections::BTreeMap;

use serde_json::Value;

/// What a call that is refused gives.
pub(crate) const REFUSED: &str = "refused";

/// What a call gives that can't be written in Rust, because there is no such type or value.
pub(crate) const NO_SUCH_CALL: &str = "no such call";

/// Runs the vectors of a section: `python` says what is recorded, and `ours` what this crate does.
pub(crate) fn check(
    section: &str,
    list: &str,
    count: usize,
    python: impl Fn(&Value) -> String,
    ours: impl Fn(&Value) -> String,
) {
    let file: Value = serde_json::from_str(include_str!("imaplib.json")).unwrap();
    let vectors = file[section][list].as_array().unwrap();
    assert_eq!(vectors.len(), count, "number of vectors in {section}");

    let mut differences = differences(section);
    let mut faults = Vec::new();
    for vector in vectors {
        let (theirs, ours) = (python(vector), ours(vector));
        let key = key(vector);
        let listed = if theirs == ours {
            None
        } else {
            differences.remove(&key)
        };
        if theirs != ours && listed.as_ref() != Some(&ours) {
            let [tz, input] = key;
            let row = serde_json::json!([section, tz, input, ours]);
            faults.push(format!(
                "{row} where Python has {theirs}, listed {listed:?}"
            ));
        }
    }
    faults.extend(
        differences
            .keys()
            .map(|key| format!("row isn't needed: {key:?}")),
    );
    assert!(faults.is_empty(), "{section}:\n{}", faults.join("\n"));
}

/// The zone and the argument of a vector.
fn key(vector: &Value) -> [String; 2] {
    let input = ["input", "expr", "unicode", "wire"]
        .iter()
        .find_map(|name| vector.get(name));
    [vector.get("tz"), input].map(|text| match text {
        Some(Value::String(text)) => text.clone(),
        other => other.unwrap_or(&Value::Null).to_string(),
    })
}

fn differences(section: &str) -> BTreeMap<[String; 2], String> {
    let file: Value = serde_json::from_str(include_str!("differences.json")).unwrap();
    let mut table = BTreeMap::new();
    for group in file.as_array().unwrap() {
        assert!(!group["reason"].as_str().unwrap().is_empty());
        for row in group["rows"].as_array().unwrap() {
            let row: [String; 4] = serde_json::from_value(row.clone()).unwrap();
            let [row_section, tz, input, ours] = row;
            if row_section == section {
                let twice = table.insert([tz, input], ours);
                assert_eq!(twice, None, "row is there twice");
            }
        }
    }
    table
}
