//! The words around the numbers of Chinese, Japanese and Korean dates: `2018年12月3日 下午3时04分`, `令和6年12月3日`, `2018년 12월 3일`.

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
}

/// The unit a character behind a number stands for.
pub(super) fn unit(sign: char) -> Option<Unit> {
    Some(match sign {
        '年' | '년' => Unit::Year,
        '月' | '월' => Unit::Month,
        '日' | '号' | '號' | '일' => Unit::Day,
        '時' | '时' | '点' | '點' | '시' => Unit::Hour,
        '分' | '분' => Unit::Minute,
        '秒' | '초' => Unit::Second,
        _ => return None,
    })
}

/// Whether a text is Korean, which feeds of Korea write without a zone.
pub(super) fn is_korean(text: &str) -> bool {
    text.chars().any(|c| ('가'..='힣').contains(&c))
}

/// Whether a part of the day is after noon; none if the word is no part of the day.
pub(super) fn is_afternoon(word: &str) -> Option<bool> {
    match word {
        "am" | "上午" | "午前" | "凌晨" | "清晨" | "早上" | "早晨" | "오전" | "새벽" | "아침" => {
            Some(false)
        }
        "pm" | "下午" | "午後" | "中午" | "傍晚" | "晚上" | "오후" | "저녁" | "밤" => Some(true),
        _ => None,
    }
}

/// The year before the first of an era, by which Japan and Taiwan count years.
pub(super) fn year_before_era(word: &str) -> Option<i16> {
    match word {
        "令和" => Some(2018),
        "平成" => Some(1988),
        "昭和" => Some(1925),
        "民國" | "民国" | "中華民國" => Some(1911),
        _ => None,
    }
}
