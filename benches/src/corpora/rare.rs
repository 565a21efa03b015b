//! Responses that are not read in a loop.

use super::Random;

/// One of VANISHED, THREAD, METADATA, NAMESPACE and QUOTA.
pub(super) fn response(random: &mut Random) -> String {
    let n = random.range(1, 99_999);
    match random.range(0, 5) {
        0 => format!(
            "* VANISHED (EARLIER) {n}:{},{},{}\r\n",
            n + 9,
            n + 20,
            n + 31
        ),
        1 => format!(
            "* THREAD ({n} {} ({} {})({}))({})\r\n",
            n + 1,
            n + 2,
            n + 3,
            n + 4,
            n + 9
        ),
        2 => format!(
            "* METADATA \"INBOX\" (/private/comment \"text {n}\" /shared/vendor/x/y NIL)\r\n"
        ),
        3 => String::from(
            "* NAMESPACE ((\"\" \"/\")) ((\"~\" \"/\")) ((\"#shared/\" \"/\")(\"#public/\" \"/\"))\r\n",
        ),
        _ => format!(
            "* QUOTA \"\" (STORAGE {n} 512000 MESSAGE {} 10000)\r\n",
            n / 10
        ),
    }
}
