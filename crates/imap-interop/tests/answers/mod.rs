//! What the comparison needs: messages and questions, differences, and a connection.

pub(crate) mod corpus;
pub(crate) mod differences;
pub(crate) mod normal;
pub(crate) mod wire;
