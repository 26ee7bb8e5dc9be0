//! `dateline read`: prints an article as a page, or as JSON.

use std::io::{self, IsTerminal, stdout};

use super::Context;
use super::args::ReadArgs;
use super::error::{CliError, Exit};
use super::messages;
use super::output::{Output, Style};
use super::read_json::Report;
use super::sources::{FailedSource, load_one};
use crate::article::{Article, Text};
use crate::config::Settings;
use crate::intake::Hints;
use crate::runtime::loading::Reading;
use crate::text::language::is_english;
use crate::text::layout::{Ink, Line, PageStyle, Role, each_line};
use crate::text::struck;

/// The measure in columns when output is not a terminal.
const WIDTH: u16 = 66;

/// Prints the page, or the article as JSON.
pub(super) fn run(context: &mut Context, args: &ReadArgs) -> Result<Exit, CliError> {
    let hints = Hints { encoding: args.encoding, url: args.url.clone(), whole: args.whole, ..Hints::default() };
    let Reading { article, page, .. } = match load_one(context, &args.source, hints) {
        Ok(reading) => reading,
        Err(error) => {
            if args.json {
                context.out.json(&FailedSource::of(&args.source.to_string_lossy(), &error))?;
            }
            return Err(error);
        }
    };
    if !page.is_readable() {
        messages::note(&format!("this is {}; all of it is shown", page.describe()));
    }
    if args.json {
        context.out.json(&Report::of(&article, page))?;
        return Ok(Exit::Success);
    }
    let text = &*struck::marked(&article.body);
    let mut printed = Ok(());
    each_line(text, style(args, &context.setup.settings, &article), &mut |line| {
        if printed.is_ok() && !context.out.is_closed() {
            printed = print(&mut context.out, &line, text);
        }
    });
    printed?;
    Ok(Exit::Success)
}

/// On a terminal the reader's settings apply; in a pipe the page is always set the same, for the next program.
fn style(args: &ReadArgs, settings: &Settings, article: &Article) -> PageStyle {
    if !stdout().is_terminal() {
        return PageStyle { measure: args.width.unwrap_or(WIDTH), justify: false, hyphenate: false };
    }
    let columns = crate::terminal::size().map_or(WIDTH, |(columns, _)| columns);
    let english = article.language.as_deref().is_none_or(is_english);
    PageStyle {
        measure: args.width.unwrap_or(columns.min(settings.measure)),
        justify: settings.justify,
        hyphenate: settings.hyphenate && english,
    }
}

/// Prints one line of the page, without trailing blanks.
fn print(out: &mut Output, line: &Line, text: &Text) -> io::Result<()> {
    let role = match line.role {
        Role::Headline | Role::Heading(_) | Role::TableHead => Style::Bold,
        Role::Footnote | Role::Rule => Style::Dim,
        _ => Style::Plain,
    };
    let mut at = 0;
    // Blanks are held back until something follows them.
    let mut blanks = 0;
    for run in &line.runs {
        blanks += usize::from(run.column.saturating_sub(at));
        at = run.column.saturating_add(run.width);
        let (words, style) = match &run.ink {
            Ink::Source(range) => (text.slice(*range), role),
            Ink::Mark(mark) => (mark.as_ref(), Style::Dim),
        };
        // A tab is as wide as its run; some terminals show soft hyphens even where no word is divided.
        let words = words.replace(['\t', '\n', '\u{ad}'], "");
        if words.trim().is_empty() {
            blanks += usize::from(run.width);
            continue;
        }
        let drawn = crate::text::width::width(&words);
        out.text(&" ".repeat(blanks))?;
        out.styled(words.trim_end_matches(' '), style)?;
        let trimmed = words.len() - words.trim_end_matches(' ').len();
        blanks = usize::from(run.width).saturating_sub(drawn) + trimmed;
    }
    out.line("")
}
