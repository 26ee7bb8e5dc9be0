//! Measures the speed of the analysis, and the size of its data.

use std::path::Path;
use std::time::{Duration, Instant};

use dateline::internals::article::Text;
use dateline::internals::entity::{Context, analyse};
use dateline::internals::text::tokens::tokens;

use crate::gold::Gold;

/// The size of an article that times are told for, in bytes.
const ARTICLE: f64 = 4096.0;

/// Times taken so far.
#[derive(Default)]
pub(crate) struct Speed {
    loading: Duration,
    spent: Duration,
    tokens: usize,
    /// Milliseconds for 4 KB, of each article.
    per_article: Vec<f64>,
}

impl Speed {
    /// Sees how much longer it takes the first time, when the model and the lists are read.
    pub(crate) fn loading(&mut self, article: &Gold) {
        let time = || {
            let start = Instant::now();
            drop(analyse(&article.text, &Context::default()));
            start.elapsed()
        };
        let first = time();
        self.loading = first.saturating_sub(time());
    }

    /// Does it, and counts it as an analysis of `text`.
    pub(crate) fn measured<T>(&mut self, text: &Text, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        let spent = start.elapsed();
        self.spent += spent;
        self.tokens += tokens(text.as_str()).count();
        self.per_article.push(spent.as_secs_f64() * 1e3 / text.len().max(1) as f64 * ARTICLE);
        result
    }

    pub(crate) fn print(&self) {
        let rate = self.tokens as f64 / self.spent.as_secs_f64().max(1e-9);
        let typical = median(self.per_article.clone());
        let loading = self.loading.as_secs_f64() * 1e3;
        println!(
            "\n{} tokens, {rate:.0} a second; {typical:.2} ms for 4 KB (median); {loading:.1} ms to load",
            self.tokens
        );
        println!("{} KB in assets/entities, without the corpus", size() / 1024);
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// The bytes of lexicons and models in the repository.
fn size() -> u64 {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/entities");
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    files.filter_map(|file| file.metadata().ok()).filter(std::fs::Metadata::is_file).map(|file| file.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_articles_are_slower_than_the_median() {
        assert!((median(vec![9.0, 1.0, 2.0]) - 2.0).abs() < 1e-12);
        assert!(median(vec![]).abs() < 1e-12);
    }
}
