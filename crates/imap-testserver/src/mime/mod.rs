//! Messages as the server sees them: envelope, structure, sections, decoded contents.
