//! Where other readers of feeds keep their lists on this machine. It is only looked whether they are there.

use std::path::{Path, PathBuf};

use directories::BaseDirs;

use crate::command::FeedFile;

/// The lists that are there and not empty.
pub fn find() -> Vec<FeedFile> {
    let Some(dirs) = BaseDirs::new() else { return Vec::new() };
    // Programs that follow XDG look there on macOS, too.
    let config = [dirs.config_dir().to_owned(), dirs.home_dir().join(".config")];
    let data = [dirs.data_dir().to_owned(), dirs.home_dir().join(".local/share")];
    let is_there = |file: &FeedFile| file.path.metadata().is_ok_and(|known| known.is_file() && known.len() > 0);
    let mut found: Vec<FeedFile> = candidates(dirs.home_dir(), &config, &data).into_iter().filter(is_there).collect();
    found.dedup_by(|one, other| one.path == other.path);
    found
}

/// Where lists may be, those of one program side by side.
fn candidates(home: &Path, config: &[PathBuf], data: &[PathBuf]) -> Vec<FeedFile> {
    const IN_HOME: [(&str, &str); 3] = [
        (".newsboat/urls", "newsboat"),
        (".newsbeuter/urls", "newsbeuter"),
        (
            "Library/Containers/com.ranchero.NetNewsWire-Evergreen/Data/Library/Application Support/NetNewsWire/Accounts/\
             OnMyMac/Subscriptions.opml",
            "NetNewsWire",
        ),
    ];
    const IN_CONFIG: [(&str, &str); 3] =
        [("newsboat/urls", "newsboat"), ("liferea/feedlist.opml", "Liferea"), ("snownews/urls.opml", "Snownews")];
    const IN_DATA: [(&str, &str); 1] = [("akregator/data/feeds.opml", "Akregator")];
    let under = |folder: &Path, names: &[(&str, &'static str)]| -> Vec<FeedFile> {
        names.iter().map(|(name, program)| FeedFile { path: folder.join(name), program }).collect()
    };
    let configured = IN_CONFIG.iter().flat_map(|name| config.iter().flat_map(|folder| under(folder, &[*name])));
    let kept = IN_DATA.iter().flat_map(|name| data.iter().flat_map(|folder| under(folder, &[*name])));
    under(home, &IN_HOME).into_iter().chain(configured).chain(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_of_other_readers_are_looked_for_where_they_keep_them() {
        let folders = ["/c".into(), "/h/.config".into()];
        let found = candidates(Path::new("/h"), &folders, &["/d".into()]);
        let has = |path: &str, program| found.contains(&FeedFile { path: path.into(), program });
        assert!(has("/h/.newsboat/urls", "newsboat"));
        assert!(has("/c/newsboat/urls", "newsboat") && has("/h/.config/newsboat/urls", "newsboat"));
        assert!(has("/c/liferea/feedlist.opml", "Liferea") && has("/d/akregator/data/feeds.opml", "Akregator"));
        assert!(found.iter().all(|file| file.path.is_absolute()));
    }
}
