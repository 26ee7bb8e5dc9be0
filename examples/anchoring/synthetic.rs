//! Synthetic revisions with a known ground truth: the tracks of the trial and some more.

use dateline::internals::article::TextRange;

use crate::case::Case;
use crate::editable_article::{EditableArticle, Sentence};
use crate::edits::{change_name, change_number, edit_words, look_alike, negate, typography};
use crate::random::Random;

/// What was done to the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Track {
    Words10,
    Words20,
    Words30,
    SentenceGone,
    SentenceReplaced,
    PhraseGone,
    Unrelated,
    UnrelatedPhrase,
    Stub,
    LookAlikeEdited,
    LookAlikeGone,
    ParagraphMoved,
    LeadInserted,
    Typography,
    Layout,
    Number,
    Name,
    Negation,
    PullQuote,
    PullQuoteEdited,
    LiveBlog,
    Chinese,
    ChineseGone,
}

impl Track {
    pub(crate) const ALL: [Self; 23] = [
        Self::Words10,
        Self::Words20,
        Self::Words30,
        Self::SentenceGone,
        Self::SentenceReplaced,
        Self::PhraseGone,
        Self::Unrelated,
        Self::UnrelatedPhrase,
        Self::Stub,
        Self::LookAlikeEdited,
        Self::LookAlikeGone,
        Self::ParagraphMoved,
        Self::LeadInserted,
        Self::Typography,
        Self::Layout,
        Self::Number,
        Self::Name,
        Self::Negation,
        Self::PullQuote,
        Self::PullQuoteEdited,
        Self::LiveBlog,
        Self::Chinese,
        Self::ChineseGone,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Words10 => "10 % of all words changed",
            Self::Words20 => "20 % of all words changed",
            Self::Words30 => "30 % of all words changed",
            Self::SentenceGone => "sentence deleted",
            Self::SentenceReplaced => "another sentence in its place",
            Self::PhraseGone => "phrase of 2-4 words, its sentence deleted",
            Self::Unrelated => "sentence in an unrelated article",
            Self::UnrelatedPhrase => "phrase in an unrelated article",
            Self::Stub => "only the first paragraph is left",
            Self::LookAlikeEdited => "look-alike added, original edited 30 %",
            Self::LookAlikeGone => "look-alike added, original deleted",
            Self::ParagraphMoved => "paragraph moved",
            Self::LeadInserted => "new lead",
            Self::Typography => "typography, and a new lead",
            Self::Layout => "layout: glued or wrapped otherwise",
            Self::Number => "number changed",
            Self::Name => "name changed",
            Self::Negation => "negation put in or taken out",
            Self::PullQuote => "pull quote added",
            Self::PullQuoteEdited => "pull quote added, original edited 10 %",
            Self::LiveBlog => "live blog: stamps, entries on top",
            Self::Chinese => "Chinese, 10 % of signs changed",
            Self::ChineseGone => "Chinese, sentence deleted",
        }
    }

    /// Whether an answer without a mark is wrong.
    pub(crate) fn must_be_marked(self) -> bool {
        matches!(self, Self::Number | Self::Name | Self::Negation)
    }
}

/// Generates the cases.
pub(crate) struct CaseGenerator<'a> {
    pub(crate) articles: &'a [String],
    pub(crate) vocabulary: Vec<String>,
}

impl<'a> CaseGenerator<'a> {
    pub(crate) fn new(articles: &'a [String]) -> Self {
        let words = articles.iter().flat_map(|article| article.split_whitespace());
        let vocabulary = words.filter(|word| word.chars().all(char::is_alphabetic)).map(str::to_owned).collect();
        Self { articles, vocabulary }
    }

    /// A case of this track; none if the article has nothing to make it from.
    pub(crate) fn case(&self, track: Track, article: usize, random: &mut Random) -> Option<Case> {
        if matches!(track, Track::Chinese | Track::ChineseGone) {
            return chinese(track, article, random);
        }
        let mut draft = EditableArticle::of(self.articles.get(article)?);
        let (least, tries) = if track.must_be_marked() { (4, 12) } else { (4, 1) };
        let mut changed = None;
        for _ in 0..tries {
            draft.0.iter_mut().flatten().for_each(|sentence| sentence.followed = false);
            draft.follow(least, random)?;
            let words = &draft.followed()?.words;
            changed = match track {
                Track::Number => change_number(words, random),
                Track::Name => change_name(words, random),
                Track::Negation => negate(words),
                _ => None,
            };
            if changed.is_some() {
                break;
            }
        }
        if track.must_be_marked() && changed.is_none() {
            return None;
        }
        let (old, place) = draft.text();
        let mut passage = place?;
        if matches!(track, Track::PhraseGone | Track::UnrelatedPhrase) {
            passage = phrase(&old, passage, random)?;
        }
        let (new, truth) = self.edited(track, article, draft, changed, random)?;
        Some(Case { article, old, passage, new, truth })
    }

    fn edited(
        &self,
        track: Track,
        article: usize,
        mut draft: EditableArticle,
        changed: Option<String>,
        random: &mut Random,
    ) -> Option<(String, Option<TextRange>)> {
        let edit = |draft: &mut EditableArticle, percent: usize, random: &mut Random| {
            draft.change(|words| edit_words(words, percent, &self.vocabulary, random));
        };
        match track {
            Track::Words10 | Track::Words20 | Track::Words30 => {
                let percent = [10, 20, 30].into_iter().nth(track as usize)?;
                for sentence in draft.0.iter_mut().flatten() {
                    sentence.words = edit_words(&sentence.words, percent, &self.vocabulary, random);
                }
            }
            Track::SentenceGone | Track::PhraseGone => draft.delete(),
            Track::SentenceReplaced => {
                let other = self.sentence(article, random)?;
                draft.change(|_| other.words);
                draft.0.iter_mut().flatten().for_each(|sentence| sentence.followed = false);
            }
            Track::Unrelated | Track::UnrelatedPhrase => {
                let other = self.other(article, random)?;
                let words = draft.followed()?.words.clone();
                return (!other.contains(&words)).then(|| (other.clone(), None));
            }
            Track::Stub => {
                if draft.place()?.0 == 0 {
                    return None;
                }
                draft.0.truncate(1);
                draft.0.push(vec![Sentence::new("Subscribe now to read the whole of this story.")]);
            }
            Track::LookAlikeEdited | Track::LookAlikeGone => {
                let like = Sentence::new(look_alike(&draft.followed()?.words, &self.vocabulary, random));
                draft.scatter(like, random)?;
                if track == Track::LookAlikeGone { draft.delete() } else { edit(&mut draft, 30, random) }
            }
            Track::ParagraphMoved => {
                let (from, _) = draft.place()?;
                let paragraph = draft.0.remove(from);
                let to = if random.chance(50) { draft.0.len() } else { random.below(draft.0.len() + 1) };
                draft.0.insert(to, paragraph);
            }
            Track::LeadInserted | Track::Typography => {
                let lead = (0..=random.below(3)).filter_map(|_| self.sentence(article, random)).collect();
                draft.0.insert(0, lead);
                if track == Track::Typography {
                    for sentence in draft.0.iter_mut().flatten() {
                        sentence.words = typography(&sentence.words, random);
                    }
                }
            }
            Track::Layout => {
                return Some(match random.below(4) {
                    0 => draft.text_with(" ", ""),
                    1 => draft.text_with("", "\n\n"),
                    2 => draft.text_with("\n", "\n"),
                    _ => draft.text_with("\n\n", "\n\n\n"),
                });
            }
            Track::Number | Track::Name | Track::Negation => draft.change(|_| changed.unwrap_or_default()),
            Track::PullQuote | Track::PullQuoteEdited => {
                let copy = Sentence::new(draft.followed()?.words.clone());
                // Right next to the original the two could not be told apart.
                let (own, _) = draft.place()?;
                let at = random.below(draft.0.len() + 1);
                if at == own || at == own + 1 {
                    return None;
                }
                draft.0.insert(at, vec![copy]);
                if track == Track::PullQuoteEdited {
                    edit(&mut draft, 10, random);
                }
            }
            Track::LiveBlog => self.live(article, &mut draft, random),
            Track::Chinese | Track::ChineseGone => return None,
        }
        Some(draft.text())
    }

    /// Stamps every paragraph with a time and puts new entries on top.
    fn live(&self, article: usize, draft: &mut EditableArticle, random: &mut Random) {
        for paragraph in &mut draft.0 {
            let stamp = format!("Updated {}:{:02} GMT.", 9 + random.below(12), random.below(60));
            paragraph.insert(0, Sentence::new(stamp));
        }
        for _ in 0..4 {
            let entry = (0..3).filter_map(|_| self.sentence(article, random)).collect();
            draft.0.insert(0, entry);
        }
    }

    fn other(&self, article: usize, random: &mut Random) -> Option<&'a String> {
        let step = 1 + random.below(self.articles.len() - 1);
        self.articles.get((article + step) % self.articles.len())
    }

    fn sentence(&self, article: usize, random: &mut Random) -> Option<Sentence> {
        let mut draft = EditableArticle::of(self.other(article, random)?);
        draft.follow(5, random)?;
        draft.followed().map(|sentence| Sentence::new(sentence.words.clone()))
    }
}

/// Two to four words inside a sentence.
fn phrase(text: &str, sentence: TextRange, random: &mut Random) -> Option<TextRange> {
    let words = text.get(sentence.start..sentence.end)?;
    let starts: Vec<usize> =
        words.split_whitespace().map(|word| word.as_ptr() as usize - words.as_ptr() as usize).collect();
    let length = 2 + random.below(3);
    let first = random.below(starts.len().checked_sub(length)? + 1);
    let start = *starts.get(first)?;
    let last = *starts.get(first + length - 1)?;
    let last_word = words.get(last..)?.split_whitespace().next()?;
    let end = last + last_word.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    (start < end).then(|| TextRange::new(sentence.start + start, sentence.start + end))
}

/// Words of a made report in Chinese, so that sentences differ and share much.
const SUBJECTS: [&str; 8] = ["市议会", "铁路公司", "渔业协会", "气象局", "当地学校", "港口当局", "卫生部门", "博物馆"];
const VERBS: [&str; 8] = ["宣布", "推迟了", "批准了", "重新讨论", "公布了", "拒绝了", "开始实施", "完成了"];
const OBJECTS: [&str; 8] = [
    "新的预算",
    "跨海大桥的修缮",
    "冬季时刻表",
    "海底电缆工程",
    "住房计划",
    "水质调查报告",
    "夜间航班",
    "古城墙的保护方案",
];
const ENDS: [&str; 8] = [
    "居民表示欢迎",
    "费用仍不清楚",
    "专家对此谨慎",
    "工期约三年",
    "反对者将上诉",
    "细节下周公布",
    "邻市也在关注",
    "工人们继续施工",
];

fn chinese(track: Track, article: usize, random: &mut Random) -> Option<Case> {
    let sentence = |random: &mut Random| {
        let mut part = |list: &[&str]| random.pick(list).copied().unwrap_or_default().to_owned();
        let (subject, verb, object, end) = (part(&SUBJECTS), part(&VERBS), part(&OBJECTS), part(&ENDS));
        Sentence::new(format!("{subject}{}日{verb}{object}，{end}。", 1 + random.below(30)))
    };
    let mut draft = EditableArticle((0..6).map(|_| (0..4).map(|_| sentence(random)).collect()).collect());
    draft.follow(1, random)?;
    let words = draft.followed()?.words.clone();
    if draft.places(|sentence| sentence.words == words).len() > 1 {
        return None;
    }
    let (old, passage) = draft.text_with("", "\n\n");
    if track == Track::ChineseGone {
        draft.delete();
    } else {
        let all: Vec<char> = [SUBJECTS, VERBS, OBJECTS, ENDS].concat().concat().chars().collect();
        for sentence in draft.0.iter_mut().flatten() {
            let swap = |c| if random.chance(10) { random.pick(&all).copied().unwrap_or(c) } else { c };
            sentence.words = sentence.words.chars().map(swap).collect();
        }
    }
    let (new, truth) = draft.text_with("", "\n\n");
    Some(Case { article, old, passage: passage?, new, truth })
}
