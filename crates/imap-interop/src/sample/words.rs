//! The words that samples are made of.

use super::random::Random;

/// Lines of plain text, each with its CRLF; `count` of them.
pub(super) fn lines(random: &mut Random, count: usize) -> String {
    let mut out = String::new();
    for _ in 0..count {
        let words = 4 + random.below(8);
        out += &phrase(random, words);
        out += ".\r\n";
    }
    out
}

/// That many words on one line.
pub(super) fn phrase(random: &mut Random, count: usize) -> String {
    let words: Vec<&str> = (0..count).map(|_| random.pick(&WORDS)).collect();
    words.join(" ")
}

pub(super) const CHINESE_JAPANESE: [&str; 4] = [
    "会議のお知らせ",
    "請求書 2024年度",
    "来週の定例会議の資料と議事録をお送りしますので、ご確認ください",
    "台北の写真",
];
pub(super) const EMOJI: [&str; 3] = ["Grüße 🎉", "café ☕ at noon?", "naïve — résumé"];
pub(super) const KANA: [&str; 4] = [
    "テストのおしらせ",
    "おれいとおねがい",
    "ミカンとリンゴ",
    "あしたのよてい",
];
pub(super) const KANA_NAMES: [&str; 3] = ["たなか", "すずき", "サトウ"];
pub(super) const LATIN: [&str; 4] = [
    "Rückfrage zum Vertrag",
    "Señal y números",
    "À bientôt",
    "Übermäßig große Anhänge im Büro",
];
pub(super) const LATIN_NAMES: [&str; 3] = ["Keld Jørn Simonsen", "Zoë Müller", "José Núñez"];
pub(super) const NAMES: [&str; 5] = [
    "Ann Reader",
    "Bob Writer",
    "Carol \"CC\" Copy",
    "Dan O'Neil",
    "J. P. Morgan, Jr.",
];
pub(super) const WIDE_NAMES: [&str; 3] = ["山田太郎", "王小明", "Иван Петров"];
const WORDS: [&str; 24] = [
    "about", "again", "answer", "before", "between", "build", "change", "draft", "early", "first",
    "follow", "letter", "meeting", "number", "offer", "paper", "please", "question", "reply",
    "send", "table", "thanks", "version", "week",
];
