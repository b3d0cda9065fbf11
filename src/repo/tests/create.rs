use std::fs;

use super::super::{Repository, testing::TestRepository};

#[test]
fn what_init_asks_is_answered_the_same_both_ways() {
    let repository = TestRepository::new();
    let folder = repository.path();
    fs::write(folder.join(".gitignore"), "/site/\n").unwrap();
    fs::create_dir_all(folder.join("site")).unwrap();
    fs::write(folder.join("site/a.md"), "").unwrap();
    fs::write(folder.join("b.md"), "").unwrap();
    let mut config = fs::read_to_string(folder.join(".git/config")).unwrap();
    config.push_str("[user]\n\tname = Mina Park\n\temail = mina@example.com\n[remote \"origin\"]\n\turl = git@gitlab.example.com:ours/x.git\n");
    fs::write(folder.join(".git/config"), &config).unwrap();
    for repository in [Repository::open(folder, None).unwrap(), Repository::open_by_command_line(folder, None).unwrap()] {
        assert_eq!(repository.user().as_deref(), Some("Mina Park <mina@example.com>"));
        assert_eq!(repository.branch().as_deref(), Some("main"), "before the first commit");
        assert_eq!(repository.remotes(), ["git@gitlab.example.com:ours/x.git"]);
        assert!(repository.hooks().is_some_and(|hooks| hooks.ends_with(".git/hooks")));
        assert!(repository.ignores("site/") && !repository.ignores("src/"));
        assert_eq!(repository.survey(&["md"]).unwrap(), ["b.md"]);
    }
    fs::write(folder.join(".git/config"), config + "[core]\n\thooksPath = .githooks\n").unwrap();
    for repository in [Repository::open(folder, None).unwrap(), Repository::open_by_command_line(folder, None).unwrap()] {
        assert_eq!(repository.hooks(), None);
    }
}
