//! Meaning to style, and the small pieces every pane is drawn with.

pub mod line_input;
pub mod list;
pub mod pen;
pub mod theme;

pub use line_input::{Edit, LineInput};
pub use list::{ListState, Move};
pub use theme::{Meaning, Theme};
