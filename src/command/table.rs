//! THE table: everything a person can do, in which scope, with which keys, in which words.
//!
//! Keymap, footer, which-key box, help, palette, mouse and the tables in README and `docs/` are all made from these rows.
//! To add a command, add a row; then carry it out in the pane, or the part of `app`, that its scope belongs to.

use super::Scope::{
    self, Always, Articles, Bookmarks, Entities, Global, Help, List, Picker, Prompt, Reader, Selecting, Sources,
    Terminal,
};

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The command.
    pub command: Command,
    /// Its name in the configuration and the palette, in kebab case.
    pub id: &'static str,
    /// Where its keys work.
    pub scope: Scope,
    /// The keys it has unless the reader says otherwise, in the notation of [`super::key`].
    pub keys: &'static [&'static str],
    /// One or two words for the footer; empty for commands that are not worth a place there.
    pub label: &'static str,
    /// One sentence for help, palette and documentation.
    pub doc: &'static str,
}

macro_rules! commands {
    ($($scope:ident { $($command:ident $id:literal [$($key:literal),*] $label:literal $doc:literal;)* })*) => {
        /// Something a person can ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Command {
            $($(#[doc = $doc] $command,)*)*
        }

        /// Every row, in the order in which help lists them and the footer prefers them.
        pub const TABLE: &[Row] = &[
            $($(Row {
                command: Command::$command,
                id: $id,
                scope: $scope,
                keys: &[$($key),*],
                label: $label,
                doc: $doc,
            },)*)*
        ];
    };
}

commands! {
    Articles {
        OpenArticle "open-article" ["Enter"] "open" "Opens the article under the cursor.";
        ReadOn "read-on" ["Space"] "read on" "Shows the article, then turns its page, and at its end shows the next unread one.";
        ToggleRead "toggle-read" ["r"] "read/unread" "Marks the article as read, or as unread.";
        ToggleStar "toggle-star" ["s"] "star" "Stars the article, or takes the star away.";
        ShowNew "show-new" ["."] "show new" "Lets the articles into the list that arrived since it was opened.";
        AddSource "add-source" ["a"] "add" "Asks for a file, a folder, a page or a feed and adds it.";
        TagArticle "tag-article" ["t"] "tags" "Edits the tags of the article.";
        SelectArticle "select-article" ["x"] "select" "Selects the article, to mark several at once, or lets it go.";
        MarkReadUpToHere "mark-read-up-to-here" ["K"] "" "Marks the articles from the top of the list to this one as read.";
        MarkAllRead "mark-all-read" ["A"] "" "Marks every listed article as read.";
        ShowSources "show-sources" ["F"] "sources" "Shows what can be listed: all, unread, starred, feeds in folders, saved searches.";
        SaveSearch "save-search" ["S"] "" "Saves what the list is narrowed to as a search with a name.";
        RankResults "rank-results" ["g r"] "" "Sorts what was found by relevance, or newest first again.";
        SortArticles "sort-articles" ["O"] "" "Sorts the list by date, or by name.";
        RefreshList "refresh-list" ["R"] "" "Fetches the listed feeds, and looks into the folders that were added.";
        ImportFeeds "import-feeds" ["I"] "" "Takes over the feeds of another reader on this machine, whose file stays as it is.";
        PlayListed "play-listed" ["P"] "" "Plays the sound or film that belongs to the article.";
        PipeListed "pipe-listed" ["|"] "" "Pipes the article to a shell command you type.";
        RemoveArticle "remove-article" ["D"] "" "Removes the article from the list; its bookmarks stay.";
    }
    Sources {
        ListSource "list-source" ["Enter"] "list it" "Lists the articles of the row under the cursor.";
        FoldSource "fold-source" ["Space"] "fold" "Folds the folder, or unfolds it.";
        AddHere "add-here" ["a"] "add" "Asks for a feed, page, file or folder and adds it; a feed comes into this folder.";
        EditSource "edit-source" ["e"] "edit" "Edits the feed, folder or saved search.";
        FetchSource "fetch-source" ["R"] "fetch" "Fetches the feed, all feeds of the folder, or everything.";
        MarkSourceRead "mark-source-read" ["A"] "all read" "Marks everything that the row lists as read.";
        PauseSource "pause-source" ["p"] "pause" "Pauses the feed, or resumes it.";
        RemoveSource "remove-source" ["D"] "remove" "Removes the feed, folder or saved search; undo brings it back.";
        CloseSources "close-sources" ["F", "Esc", "q"] "close" "Shows the list of articles again.";
    }
    Reader {
        PageDown "page-down" ["Space", "PgDn", "C-f"] "page" "Turns to the next page.";
        PageUp "page-up" ["PgUp", "C-b"] "" "Turns back a page.";
        SelectSentence "select-sentence" ["v"] "select" "Selects the first sentence in view, or the one just found.";
        SelectParagraph "select-paragraph" ["V"] "" "Selects the first paragraph in view.";
        LabelSentences "label-sentences" ["m"] "pick" "Puts a letter on every sentence in view; type it to select.";
        LabelParagraphs "label-paragraphs" ["M"] "" "Puts a letter on every paragraph in view; type it to select.";
        BookmarkPlace "bookmark-place" ["b"] "" "Bookmarks this place in the article, without a passage.";
        NextHit "next-hit" ["n"] "next" "Goes to the next search hit, or mention, whichever was asked for last.";
        PreviousHit "previous-hit" ["N"] "" "Goes to the previous search hit or mention.";
        LineDown "line-down" ["j", "Down"] "" "Moves the page one line on.";
        LineUp "line-up" ["k", "Up"] "" "Moves the page one line back.";
        HalfPageDown "half-page-down" ["C-d"] "" "Moves half a page on.";
        HalfPageUp "half-page-up" ["C-u"] "" "Moves half a page back.";
        ArticleTop "article-top" ["g g", "Home"] "" "Goes to the beginning of the article.";
        ArticleEnd "article-end" ["G", "End"] "" "Goes to the end of the article.";
        NextParagraph "next-paragraph" ["}"] "" "Goes to the next paragraph.";
        PreviousParagraph "previous-paragraph" ["{"] "" "Goes to the previous paragraph.";
        NextBookmark "next-bookmark" ["] b"] "" "Goes to the next bookmark in the article.";
        PreviousBookmark "previous-bookmark" ["[ b"] "" "Goes to the previous bookmark in the article.";
        ShowBookmarkHere "show-bookmark-here" ["Enter"] "" "Shows the bookmark in view in the bookmarks pane.";
        Reselect "reselect" ["g v"] "" "Selects again what was selected last.";
        Outline "outline" ["g o"] "" "Lists the headings of the article to jump to.";
        LabelLinks "label-links" ["f"] "" "Puts a letter on every link in view; type it to follow the link.";
        ShowWhole "show-whole" ["W"] "" "Shows all of the web page, or only the article on it again.";
        FetchAgain "fetch-again" ["R"] "" "Fetches the article again, or reads its file again.";
        ToggleFullText "toggle-full-text" ["T"] "" "Shows the text of the page in place of the feed's, or the feed's again.";
        Play "play" ["P"] "" "Plays the sound or film that belongs to the article.";
        Pipe "pipe" ["|"] "" "Pipes the article to a shell command you type.";
        OpenComments "open-comments" ["g c"] "" "Opens what readers say about the article in the browser.";
        ReadInEncoding "read-in-another-encoding" ["g e"] "" "Reads the file again in an encoding you choose.";
        OpenInBrowser "open-in-browser" ["o"] "" "Opens the article's address in the browser.";
        CopyReference "copy-reference" ["y"] "" "Copies the article's title, source and address.";
        NarrowMeasure "narrow-measure" ["<"] "" "Sets the page four columns narrower.";
        WidenMeasure "widen-measure" [">"] "" "Sets the page four columns wider.";
        ReaderToggleRead "reader-toggle-read" ["r"] "" "Marks the open article as read, or as unread.";
        ReaderToggleStar "reader-toggle-star" ["s"] "" "Stars the open article, or takes the star away.";
        ReaderTagArticle "reader-tag-article" ["t"] "" "Edits the tags of the open article.";
    }
    Selecting {
        SaveSelection "save-selection" ["Enter"] "save" "Bookmarks the selected passage.";
        SaveWithNote "save-with-note" ["n"] "note" "Bookmarks the passage and asks for a note.";
        SaveWithTags "save-with-tags" ["t"] "tags" "Bookmarks the passage and asks for tags.";
        SaveYellow "save-yellow" ["1"] "… colour" "Bookmarks the passage in yellow.";
        SaveGreen "save-green" ["2"] "" "Bookmarks the passage in green.";
        SaveBlue "save-blue" ["3"] "" "Bookmarks the passage in blue.";
        SavePink "save-pink" ["4"] "" "Bookmarks the passage in pink.";
        SaveOrange "save-orange" ["5"] "" "Bookmarks the passage in orange.";
        SavePurple "save-purple" ["6"] "" "Bookmarks the passage in purple.";
        UnitDown "unit-down" ["j", "Down"] "move" "Selects the next sentence or paragraph instead.";
        UnitUp "unit-up" ["k", "Up"] "" "Selects the previous sentence or paragraph instead.";
        Extend "extend" ["J", "S-Down"] "extend" "Extends the selection by one sentence or paragraph.";
        Retract "retract" ["K", "S-Up"] "" "Retracts the selection by one sentence or paragraph.";
        Grow "grow" ["+", "="] "grow" "Grows the selection: word, sentence, paragraph, section.";
        Shrink "shrink" ["-"] "" "Shrinks the selection: section, paragraph, sentence, word.";
        EndLeft "end-left" ["h", "Left"] "" "Moves the active end one character back.";
        EndRight "end-right" ["l", "Right"] "" "Moves the active end one character on.";
        EndWordRight "end-word-right" ["w"] "" "Moves the active end one word on.";
        EndWordLeft "end-word-left" ["b"] "" "Moves the active end one word back.";
        EndSentenceRight "end-sentence-right" [")"] "" "Moves the active end one sentence on.";
        EndSentenceLeft "end-sentence-left" ["("] "" "Moves the active end one sentence back.";
        EndParagraphRight "end-paragraph-right" ["}"] "" "Moves the active end one paragraph on.";
        EndParagraphLeft "end-paragraph-left" ["{"] "" "Moves the active end one paragraph back.";
        SwapEnds "swap-ends" ["o"] "" "Makes the other end of the selection the active one.";
        CopySelection "copy-selection" ["y"] "copy" "Copies the selected words.";
        CopyCitation "copy-citation" ["Y"] "" "Copies the selected words with title, author and address.";
        LeaveSelection "leave-selection" ["Esc", "q", "C-c"] "leave" "Leaves without a bookmark.";
    }
    Entities {
        NextMention "next-mention" ["Enter", "n"] "walk" "Goes to the entity's next mention in the page.";
        PreviousMention "previous-mention" ["N"] "" "Goes to the entity's previous mention in the page.";
        KeepLit "keep-lit" ["Space"] "keep lit" "Keeps the entity lit in the page, or lets it go out.";
        CorrectEntity "correct-entity" ["c"] "correct" "Corrects the entity, in every article: ignore, rename, retype, merge, split, follow.";
        ToggleWhy "toggle-why" ["w"] "why" "Tells why a mention belongs to the entity, and how sure that is.";
        ToggleQuotes "toggle-quotes" ["o"] "" "Shows or hides what the person under the cursor says.";
        ShowCorrections "show-corrections" ["C"] "" "Lists all your corrections, to take one back.";
        ToggleDoubtful "toggle-doubtful" ["x"] "doubtful" "Shows or hides names that are doubtful.";
        TogglePeople "toggle-people" ["1"] "… kinds" "Shows or hides people.";
        TogglePlaces "toggle-places" ["2"] "" "Shows or hides places.";
        ToggleOrganisations "toggle-organisations" ["3"] "" "Shows or hides organisations.";
        ToggleGroups "toggle-groups" ["4"] "" "Shows or hides groups.";
        ToggleEvents "toggle-events" ["5"] "" "Shows or hides events.";
        ToggleWorks "toggle-works" ["6"] "" "Shows or hides works.";
        ToggleOthers "toggle-others" ["7"] "" "Shows or hides other names: products, vehicles, diseases.";
        ToggleDates "toggle-dates" ["8"] "" "Shows or hides dates.";
        ToggleAmounts "toggle-amounts" ["9"] "" "Shows or hides money, percentages and quantities.";
    }
    Bookmarks {
        OpenBookmark "open-bookmark" ["Enter"] "open" "Opens the article at the passage.";
        AcceptBookmark "accept-bookmark" ["a"] "accept" "Accepts the words of a passage that has changed as they are now.";
        AttachBookmark "attach-bookmark" ["r"] "attach" "Attaches the bookmark to other words, which you select in its article.";
        EditNote "edit-note" ["e"] "note" "Edits the note.";
        EditNoteOutside "edit-note-outside" ["E"] "" "Edits the note in $EDITOR.";
        EditTags "edit-tags" ["t"] "tags" "Edits the tags.";
        DeleteBookmark "delete-bookmark" ["d"] "delete" "Deletes the bookmark; undo brings it back.";
        ColorYellow "color-yellow" ["1"] "… colour" "Colours the bookmark yellow.";
        ColorGreen "color-green" ["2"] "" "Colours the bookmark green.";
        ColorBlue "color-blue" ["3"] "" "Colours the bookmark blue.";
        ColorPink "color-pink" ["4"] "" "Colours the bookmark pink.";
        ColorOrange "color-orange" ["5"] "" "Colours the bookmark orange.";
        ColorPurple "color-purple" ["6"] "" "Colours the bookmark purple.";
        TakeOtherNote "take-other-note" ["v"] "" "Takes back the other version of the note, written elsewhere at the same time.";
        CopyPassage "copy-passage" ["y"] "copy" "Copies the passage.";
        CopyPassageCitation "copy-passage-citation" ["Y"] "" "Copies the passage with title, author and address.";
        ExportBookmarks "export-bookmarks" ["x"] "export" "Writes the listed bookmarks to a file for other programs.";
        OpenBookmarkPage "open-bookmark-page" ["o"] "" "Opens the live web page at the passage in the browser.";
    }
    List {
        CursorDown "cursor-down" ["j", "Down"] "" "Moves the cursor down.";
        CursorUp "cursor-up" ["k", "Up"] "" "Moves the cursor up.";
        CursorTop "cursor-top" ["g g", "Home"] "" "Moves the cursor to the first row.";
        CursorEnd "cursor-end" ["G", "End"] "" "Moves the cursor to the last row.";
        CursorHalfDown "cursor-half-down" ["C-d"] "" "Moves the cursor half a page down.";
        CursorHalfUp "cursor-half-up" ["C-u"] "" "Moves the cursor half a page up.";
        CursorPageDown "cursor-page-down" ["PgDn"] "" "Moves the cursor a page down.";
        CursorPageUp "cursor-page-up" ["PgUp"] "" "Moves the cursor a page up.";
    }
    Help {
        CloseHelp "close-help" ["q", "Esc", "?", "C-c"] "close" "Closes help.";
        FilterHelp "filter-help" ["/"] "search" "Searches the commands.";
        HelpDown "help-down" ["j", "Down"] "down" "Scrolls help down.";
        HelpUp "help-up" ["k", "Up"] "up" "Scrolls help up.";
        HelpPageDown "help-page-down" ["Space", "PgDn", "C-d", "C-f"] "" "Scrolls help a page down.";
        HelpPageUp "help-page-up" ["PgUp", "C-u", "C-b"] "" "Scrolls help a page up.";
        HelpTop "help-top" ["g g", "Home"] "" "Goes to the top of help.";
        HelpEnd "help-end" ["G", "End"] "" "Goes to the end of help.";
    }
    Picker {
        PickNext "pick-next" ["Down", "C-n", "Tab"] "next" "Moves to the next choice.";
        PickPrevious "pick-previous" ["Up", "C-p", "S-Tab"] "" "Moves to the previous choice.";
    }
    Prompt {
        AcceptInput "accept-input" ["Enter"] "done" "Takes what was typed.";
        CancelInput "cancel-input" ["Esc", "C-c"] "cancel" "Leaves the input without taking it.";
        CompleteInput "complete-input" ["Tab"] "" "Completes the tag, or the name of the file, that is being typed.";
        DeleteBack "delete-back" ["Backspace", "C-h"] "" "Deletes the character before the cursor.";
        DeleteForward "delete-forward" ["Delete"] "" "Deletes the character under the cursor.";
        DeleteWord "delete-word" ["C-w"] "" "Deletes the word before the cursor.";
        DeleteLine "delete-line" ["C-u"] "" "Deletes everything before the cursor.";
        InputLeft "input-left" ["Left"] "" "Moves the cursor one character back.";
        InputRight "input-right" ["Right"] "" "Moves the cursor one character on.";
        InputHome "input-home" ["Home", "C-a"] "" "Moves the cursor to the beginning.";
        InputEnd "input-end" ["End", "C-e"] "" "Moves the cursor to the end.";
    }
    Global {
        Find "find" ["/"] "find" "Finds here: articles in the list, words in the article, rows in the other panes.";
        NextPane "next-pane" ["Tab"] "pane" "Goes to the next pane.";
        PreviousPane "previous-pane" ["S-Tab"] "" "Goes to the previous pane.";
        PaneLeft "pane-left" ["h", "Left"] "" "Goes to the pane on the left.";
        PaneRight "pane-right" ["l", "Right"] "" "Goes to the pane on the right.";
        ArticleBookmarks "article-bookmarks" ["g b"] "" "Shows this article's bookmarks.";
        AllBookmarks "all-bookmarks" ["g B"] "" "Shows the bookmarks of all articles.";
        NextArticle "next-article" ["] a"] "" "Opens the next article of the list.";
        PreviousArticle "previous-article" ["[ a"] "" "Opens the previous article of the list.";
        NextUnread "next-unread" ["] u"] "" "Opens the next unread article.";
        PreviousUnread "previous-unread" ["[ u"] "" "Opens the previous unread article.";
        HistoryBack "history-back" ["C-o"] "" "Goes back to the article read before.";
        HistoryForward "history-forward" ["L"] "" "Goes forward in the reading history.";
        Undo "undo" ["u"] "undo" "Takes the last change back.";
        Redo "redo" ["C-r"] "" "Makes the change again that was taken back.";
        Zen "zen" ["z"] "" "Shows the page alone, or all panes again.";
        Palette "palette" [":"] "" "Finds a command by its name.";
        Clear "clear" ["Esc"] "" "Clears the selection, the search, the filter and what is lit.";
        Back "back" ["q"] "quit" "Goes back one step; from the first step, quits.";
        Quit "quit" ["C-c"] "" "Quits at once; the place is kept.";
    }
    Always {
        ShowHelp "help" ["?"] "help" "Shows every key and command.";
    }
    Terminal {
        Redraw "redraw" ["C-l"] "" "Draws the whole screen anew.";
        Suspend "suspend" ["C-z"] "" "Suspends the program; `fg` brings it back.";
    }
}

impl Command {
    /// The row of this command.
    pub fn row(self) -> &'static Row {
        // Rows stand in the order of the enum, so the command is the index of its row.
        #[expect(clippy::indexing_slicing, reason = "a test finds every row")]
        &TABLE[self as usize]
    }

    /// The command with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.id == id).map(|row| row.command)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_row_is_found_by_its_command_and_its_id() {
        for row in TABLE {
            assert_eq!(row.command.row().id, row.id);
            assert_eq!(Command::from_id(row.id), Some(row.command));
        }
    }

    #[test]
    fn ids_are_kebab_case_and_unique() {
        let mut seen = HashSet::new();
        for row in TABLE {
            assert!(row.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", row.id);
            assert!(seen.insert(row.id), "{} stands twice", row.id);
        }
    }

    #[test]
    fn every_doc_is_one_sentence() {
        for row in TABLE {
            assert!(row.doc.ends_with('.') && row.doc.chars().next().is_some_and(char::is_uppercase), "{}", row.id);
            assert_eq!(row.doc.matches(". ").count(), 0, "{}", row.id);
            assert!(row.doc.len() <= 90, "{} is too long for the help screen", row.id);
        }
    }
}
