//! The command line as scripts and people rely on it.

use lookback::testing::TestRepository;

use crate::harness::{APPROVED, Edit, PATH, REPORT, lookback, program};

/// What `--help` prints. The global options are the same for all, and stand in one snapshot of their own.
fn help(command: &str) -> String {
    let (before, rest) = all_help(command).split_once("Global options:\n").map(|(before, rest)| (before.to_owned(), rest.to_owned())).unwrap();
    let after = rest.split_once(LAST_GLOBAL_OPTION).unwrap().1;
    format!("{}\n{}", before.trim_end(), after.trim()).trim_end().to_owned()
}

/// Help of the last of the global options.
const LAST_GLOBAL_OPTION: &str = "Say more about what is done\n";

fn all_help(command: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let arguments: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
    // The program itself, without a terminal: its width would break the lines elsewhere.
    let run = program(folder.path(), &arguments, &[]);
    assert_eq!((run.code, run.error.as_str()), (0, ""), "{run}");
    run.out.lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn help_of_global_options_is_the_same_everywhere() {
    let global = |command: &str| {
        let help = all_help(command);
        let from = help.find("Global options:").unwrap();
        let to = help.find(LAST_GLOBAL_OPTION).unwrap() + LAST_GLOBAL_OPTION.len();
        help[from..to].trim_end().to_owned()
    };
    insta::assert_snapshot!(global(""), @r"
    Global options:
          --repo <DIR>
              The repository, or any folder in it

              [default: .]

          --rev <REV>
              Read this commit instead of the work tree

          --now <TIME>
              Fix the clock (RFC 3339), so that two runs give the same bytes; `SOURCE_DATE_EPOCH` does
              the same

          --color <WHEN>
              Colour messages

              Possible values:
              - auto:   On a terminal, unless `NO_COLOR` is set
              - always: Always
              - never:  Never

              [default: auto]

      -q, --quiet
              Print errors only

      -v, --verbose
              Say more about what is done
    ");
    for command in COMMANDS {
        assert_eq!(global(command), global(""), "{command}");
    }
}

/// Every command; a new one gets a snapshot of its help.
const COMMANDS: &[&str] = &[
    "demo",
    "init",
    "new",
    "check",
    "build",
    "serve",
    "history",
    "approve",
    "diff",
    "agenda",
    "export",
    "rules",
    "explain",
    "schema",
    "completions",
    "man",
];

#[test]
fn help_of_the_program() {
    insta::assert_snapshot!(help(""), @"
    Incident postmortems in git: checks, review trail, sites, trends.

    Postmortems are Markdown files with YAML front matter in a git repository. lookback checks them,
    takes their review trail from git history, and builds one static site per audience: an internal one
    with everything, and external ones that hold only what was written for customers and was reviewed.

    Usage: lookback [OPTIONS] <COMMAND>

    Commands:
      demo         Write the example repository with its history, build its sites, and say where
      init         Prepare a repository: configuration, template, workflow, hook
      new          Begin a postmortem from the template, and print its path
      check        Check postmortems and print what is found
      build        Build the sites: internal, public and every further audience
      serve        Serve the sites on 127.0.0.1, built again and loaded again whenever something changes
      history      Print the review trail of one postmortem
      approve      Approve the committed text of postmortems, as a commit that says so
      diff         Print what an audience would see change between two commits
      agenda       Print the agenda of the review meeting
      export       Print postmortems as rows, or the evidence of their review
      rules        List every rule with its level
      explain      Explain a rule: what it asks for, why, and how it is configured
      schema       Print the JSON Schema of what people write, for the completion of editors
      completions  Print what a shell needs to complete commands and options
      man          Print a page of the manual
      help         Print this message or the help of the given subcommand(s)

    Options:
      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version
    Exit codes: 0 fine · 1 findings (an error in `check`, a leak in `build`) · 2 lookback could not do
    its job

    Start with `lookback demo`, with `lookback init`, or run `lookback check` in a repository that has
    postmortems.
    ");
}

#[cfg(feature = "serve")]
#[test]
fn help_of_approve() {
    insta::assert_snapshot!(help("approve"), @r"
    Approve the committed text of postmortems, as a commit that says so

    Usage: lookback approve [OPTIONS] <ID>...

    Arguments:
      <ID>...
              Ids of the postmortems, or their paths

    Options:
      -y, --yes
              Do not ask

          --as <PERSON>
              Record the approval of somebody else: `Name <address>`, or a name or `@handle` that is
              known

          --via <URL>
              Where they gave it: the address of the pull request, say

      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version
    The commit is made by the git command line: git's idea of who you are, hooks and signing apply.
    It changes no file and leaves what is staged alone. Push it, or have it merged.

    Examples:
      lookback approve checkout-503s
      lookback approve --yes --as @grace --via https://git.example.com/pull/7 checkout-503s
    ");
}

#[test]
fn help_of_demo() {
    insta::assert_snapshot!(help("demo"), @r"
    Write the example repository with its history, build its sites, and say where

    Usage: lookback demo [OPTIONS] [DIRECTORY]

    Arguments:
      [DIRECTORY]
              Where to write it: an empty or new folder [default: a temporary folder]

    Options:
          --serve
              Serve the sites on 127.0.0.1 until interrupted

          --port <PORT>
              Port to serve on; 0 takes a free one

              [default: 8420]

      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version
    ");
}

#[test]
fn help_of_init() {
    insta::assert_snapshot!(help("init"), @r"
    Prepare a repository: configuration, template, workflow, hook

    Usage: lookback init [OPTIONS] [DIRECTORY]

    Arguments:
      [DIRECTORY]
              The folder; it is made, and becomes a repository, where it is not [default: the repository
              of --repo]

    Options:
      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version
    Examples:
      lookback init                 the repository that you stand in
      lookback init ../postmortems  a new folder, or another repository

    Writes lookback.yml for the folder in which postmortems are found, a template, an example where
    there is no postmortem yet, a workflow for GitHub or GitLab, a hook before commits, and `/site/` in
    .gitignore. Nothing is overwritten; what was written and what was kept is listed.
    ");
}

#[test]
fn help_of_new() {
    insta::assert_snapshot!(help("new"), @r#"
    Begin a postmortem from the template, and print its path

    Usage: lookback new [OPTIONS] <TITLE>

    Arguments:
      <TITLE>
              What was seen, in a line

    Options:
          --severity <ID>
              One of the configured severities

          --service <NAME>
              A service that was affected; may be given several times

          --started <TIME>
              When impact began; the file is named by this day, else by today

          --detected <TIME>
              When it was first noticed

          --resolved <TIME>
              When it was over

          --owner <PERSON>
              Who answers for the text [default: who git says you are]

          --name <NAME>
              Name of the file, without `.md` [default: day and title]

      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version
    Examples:
      lookback new "Checkout answered 503"
      lookback new "Checkout answered 503" --severity SEV2 --service checkout
      lookback new "Checkout answered 503" --started "2026-03-14 09:14 UTC"
      $EDITOR "$(lookback new "Checkout answered 503")"

    The template is `_template.md` in the content folder, else a built-in one in the first of the site's
    languages. What was not given is asked for on a terminal, and left empty elsewhere: `lookback check`
    says what is missing, as warnings while the text is a draft.
    "#);
}

#[test]
fn help_of_check() {
    insta::assert_snapshot!(help("check"), @r"
    Check postmortems and print what is found

    Usage: lookback check [OPTIONS] [PATHS]...

    Arguments:
      [PATHS]...
              Only documents at or below these paths

    Options:
          --since <REV>
              Only documents changed since this branch left REV, whether committed or not

          --stdin-path <PATH>
              Only this document, with the text that standard input gives; it need not exist yet

          --format <FORMAT>
              How to print findings [default: text; github where `GITHUB_ACTIONS` is true]

              Possible values:
              - text:    For people: the place, the text around it, and what to do
              - concise: For people and editors: `path:line:column: level[rule] message`
              - json:    For programs; columns in characters
              - sarif:   SARIF 2.1.0, for code scanning; columns in UTF-16 code units
              - github:  Annotations of GitHub Actions, ten of each level
              - gitlab:  Code Quality report of GitLab
              - junit:   JUnit XML: errors fail, and warnings with --deny-warnings; all else passes,
                with output

          --fix
              Make the changes that can't be wrong, then print what is left: keys and headings in their
              usual spelling, headings of missing sections

              Nothing else in a file is touched. With --stdin-path the text is printed instead of
              written, and what is left goes to stderr.

          --deny-warnings
              Exit with 1 for warnings too

      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version
    Examples:
      lookback check                              every postmortem of the repository
      lookback check postmortems/2026             those below a folder
      lookback check --since origin/main          those that this branch or the work tree changes
      lookback check --stdin-path postmortems/a.md < draft.md
                                                  one document with the text of an editor
      lookback check --fix postmortems/2026/a.md  what is mechanical is done, the rest is listed
      lookback check --format sarif               a file for the code scanning of a forge
      lookback explain missing-section            what a rule asks for, and why

    Rules that compare postmortems always see all of them; these options choose whose findings are
    printed.
    Exit codes: 0 fine · 1 an error, or a warning with --deny-warnings · 2 nothing could be checked
    ");
}

#[test]
fn help_of_build() {
    insta::assert_snapshot!(help("build"), @"
    Build the sites: internal, public and every further audience

    Usage: lookback build [OPTIONS]

    Options:
          --audience <NAME>
              Build only these audiences (`internal`, `public`, …)

          --out <DIR>
              Where to write [default: `site` at the root of the work tree]

          --strict
              Exit with 1 when any document has an error

          --allow-shallow
              Build from a shallow or partial clone although dates and approvals may be wrong

          --as-of <DATE|COMMIT>
              Everything as it stood on a day (2026-06-30, its end in the site's timezone), at a time
              (RFC 3339), or in a commit

      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version
    The internal site holds everything and is for the organisation; only the folder of an external
    audience may be published.
    Everything is rendered and audited before anything is written, and each site is swapped in whole.
    ");
}

#[test]
fn help_of_history() {
    insta::assert_snapshot!(help("history"), @"
    Print the review trail of one postmortem

    Usage: lookback history [OPTIONS] <ID>

    Arguments:
      <ID>
              Id of the postmortem, or its path

    Options:
          --format <FORMAT>
              How to print it

              Possible values:
              - text: For people
              - json: For programs

              [default: text]

          --allow-shallow
              Read a shallow or partial clone although dates and approvals may be wrong

          --as-of <DATE|COMMIT>
              Everything as it stood on a day (2026-06-30, its end in the site's timezone), at a time
              (RFC 3339), or in a commit

      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version
    ");
}

#[test]
fn help_of_diff() {
    insta::assert_snapshot!(help("diff"), @"
    Print what an audience would see change between two commits

    Usage: lookback diff [OPTIONS] <BASE> [HEAD]

    Arguments:
      <BASE>
              The older commit

      [HEAD]
              The newer commit [default: the tip]

    Options:
          --audience <NAME>
              Whose pages (`internal`, `public`, …)

              [default: public]

          --format <FORMAT>
              How to print it

              Possible values:
              - text:     For people
              - markdown: For a comment on a pull request: bounded, and nothing in it is markup
              - json:     For programs

              [default: text]

          --allow-shallow
              Read a shallow or partial clone although dates and approvals may be wrong

      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version
    Examples:
      lookback diff origin/main                         what merging this branch changes for customers
      lookback diff v1 v2 --audience internal           what readers inside see change
      lookback diff origin/main --format markdown       a comment for a pull request

    Only committed texts are compared. What customers would read once the newest text is approved stands
    apart from what they read at once.
    Differences are no failure: the exit code is 0.
    ");
}

#[test]
fn help_of_agenda() {
    insta::assert_snapshot!(help("agenda"), @"
    Print the agenda of the review meeting

    Usage: lookback agenda [OPTIONS]

    Options:
          --month <YYYY-MM>
              The meeting of this month [default: the next one]

          --format <FORMAT>
              How to print it

              Possible values:
              - markdown: For minutes
              - ics:      For calendars

              [default: markdown]

          --allow-shallow
              Read a shallow or partial clone although dates and approvals may be wrong

          --as-of <DATE|COMMIT>
              Everything as it stood on a day (2026-06-30, its end in the site's timezone), at a time
              (RFC 3339), or in a commit

      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version
    ");
}

#[test]
fn help_of_export() {
    insta::assert_snapshot!(help("export"), @"
    Print postmortems as rows, or the evidence of their review

    Usage: lookback export [OPTIONS]

    Options:
          --table <TABLE>
              Which rows

              Possible values:
              - postmortems: One for each postmortem
              - times:       One for each milestone
              - impacts:     One for each window of impact
              - actions:     One for each action item
              - approvals:   One for each approval, those that do not count included
              - revisions:   One for each commit that changed a postmortem
              - all:         Every table, to a folder

              [default: postmortems]

          --format <FORMAT>
              How to print rows

              Possible values:
              - csv:    For spreadsheets: RFC 4180, with a header
              - json:   One array
              - ndjson: One object a line

              [default: csv]

          --evidence
              Who wrote, approved and checked which text when, as JSON

          --out <PATH>
              Write it to this file; for every table, to a file each in this folder [default: standard
              output]

          --allow-shallow
              Read a shallow or partial clone although dates and approvals may be wrong

          --as-of <DATE|COMMIT>
              Everything as it stood on a day (2026-06-30, its end in the site's timezone), at a time
              (RFC 3339), or in a commit

      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version
    Examples:
      lookback export > postmortems.csv
      lookback export --format ndjson | jq .resolve_minutes
      lookback export --table actions --format json
      lookback export --table all --format ndjson --out warehouse
      lookback export --evidence --as-of 2026-06-30 --out evidence.json

    Times are UTC, durations minutes. Privileged postmortems are left out; the evidence counts them.
    Evidence is always read from a commit.
    ");
}

#[test]
fn help_of_rules() {
    insta::assert_snapshot!(help("rules"), @r"
    List every rule with its level

    Usage: lookback rules [OPTIONS]

    Options:
      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version
    ");
}

#[cfg(feature = "serve")]
#[test]
fn help_of_serve() {
    insta::assert_snapshot!(help("serve"), @r"
    Serve the sites on 127.0.0.1, built again and loaded again whenever something changes

    Usage: lookback serve [OPTIONS]

    Options:
          --port <PORT>
              Port to serve on; 0 takes a free one

              [default: 8420]

          --allow-shallow
              Read a shallow or partial clone although dates and approvals may be wrong

      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version
    The internal site shows the work tree as it is, committed or not; customers' sites show what is
    committed and approved, as `build` does.
    Findings of a postmortem stand in a corner of its page. Nothing is written: the sites are held in
    memory.
    ");
}

#[test]
fn help_of_completions() {
    insta::assert_snapshot!(help("completions"), @r#"
    Print what a shell needs to complete commands and options

    Usage: lookback completions [OPTIONS] <SHELL>

    Arguments:
      <SHELL>
              The shell

              [possible values: bash, elvish, fish, powershell, zsh]

    Options:
      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version
    Examples:
      lookback completions bash > ~/.local/share/bash-completion/completions/lookback
      lookback completions zsh > "${fpath[1]}/_lookback"
      lookback completions fish > ~/.config/fish/completions/lookback.fish
    "#);
}

#[test]
fn help_of_man() {
    insta::assert_snapshot!(help("man"), @r"
    Print a page of the manual

    Usage: lookback man [OPTIONS] [COMMAND]

    Arguments:
      [COMMAND]
              A command; the page of the whole program without

    Options:
      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version
    Examples:
      lookback man | man -l -
      lookback man check > lookback-check.1
    ");
}

#[test]
fn help_of_schema() {
    insta::assert_snapshot!(help("schema"), @r"
    Print the JSON Schema of what people write, for the completion of editors

    Usage: lookback schema [OPTIONS] [OF]

    Arguments:
      [OF]
              What is written

              Possible values:
              - front-matter: The front matter of a postmortem
              - config:       `lookback.yml`
              - export:       The rows of `export`

              [default: front-matter]

    Options:
      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version
    Examples:
      lookback schema > .vscode/postmortem.schema.json
      lookback schema config > .vscode/lookback.schema.json

    The schema of front matter knows the severities, services, causes and audiences of the repository's
    configuration.
    In lookback.yml, `# yaml-language-server: $schema=.vscode/lookback.schema.json` names it to editors
    that know the YAML language server.
    ");
}

#[test]
fn help_of_explain() {
    insta::assert_snapshot!(help("explain"), @r"
    Explain a rule: what it asks for, why, and how it is configured

    Usage: lookback explain [OPTIONS] <RULE>

    Arguments:
      <RULE>
              Name of the rule, such as `missing-section`

    Options:
      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version
    ");
}

#[test]
fn every_command_has_its_help_here() {
    let all = all_help("");
    let listed = all.split_once("Commands:\n").unwrap().1.split_once("\n\n").unwrap().0;
    let names: Vec<&str> = listed.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).filter(|name| !name.is_empty()).collect();
    assert_eq!(names, [COMMANDS, &["help"]].concat());
}

/// A report with one error and one warning.
fn repository() -> TestRepository {
    let mut repository = TestRepository::new();
    let text = REPORT.edit("## Impact\n420 orders failed.\n\n", "").edit("A larger pool.", "A larger pöol, said **so**는 them.");
    repository.write(PATH, text).commit(APPROVED);
    repository.checkout();
    repository
}

#[test]
fn findings_as_text() {
    insta::assert_snapshot!(lookback(repository().path(), &["check"]), @r"
    exit 1
    --- stdout
    info[no-evidence-link]: nothing here links to any evidence
     --> postmortems/a.md:2:8
      |
    2 | title: Connections of the order store ran out
      |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: add the channel, the dashboard, the ticket or the change to `links`, or where the text speaks of it
      = note: `lookback explain no-evidence-link` says why, and how it is configured

    error[missing-section]: required section `Impact` is missing
      --> postmortems/a.md:17:1
       |
    17 | ## Timeline
       | ^
       |
       = help: add a heading `## Impact` here, even if one sentence says that nothing is known yet
       = note: `lookback explain missing-section` says why, and how it is configured

    warning[missing-milestone]: no row tells the first communication
      --> postmortems/a.md:20:3
       |
    20 | | 2026-03-02 09:00 | The last free connection is taken |
       |   ^^^^^^^^^^^^^^^^
       |
       = help: write `[first-comms]` into the rows, or give the time in `times`, where `unknown` is possible
       = note: `lookback explain missing-milestone` says why, and how it is configured

    warning[missing-section]: there is no section `Lessons learned`
      --> postmortems/a.md:30:1
       |
    30 | ## Customer summary
       | ^
       |
       = help: add a heading `## Lessons learned`; the configuration asks for it, with `required_from: asked`

    1 document checked: 1 error, 2 warnings, 1 note
    `lookback check --fix` mends 1 of them
    ");
}

#[test]
fn findings_as_json() {
    let run = lookback(repository().path(), &["check", "--format", "json"]);
    assert_eq!((run.code, run.error.as_str()), (1, ""), "{run}");
    let printed: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&printed).unwrap(), @r###"
    {
      "schema": 1,
      "findings": [
        {
          "rule": "no-evidence-link",
          "level": "info",
          "path": "postmortems/a.md",
          "line": 2,
          "column": 8,
          "end_line": 2,
          "end_column": 46,
          "message": "nothing here links to any evidence",
          "help": "add the channel, the dashboard, the ticket or the change to `links`, or where the text speaks of it",
          "url": null,
          "fix": null
        },
        {
          "rule": "missing-section",
          "level": "error",
          "path": "postmortems/a.md",
          "line": 17,
          "column": 1,
          "end_line": 17,
          "end_column": 1,
          "message": "required section `Impact` is missing",
          "help": "add a heading `## Impact` here, even if one sentence says that nothing is known yet",
          "url": null,
          "fix": {
            "line": 17,
            "column": 1,
            "end_line": 17,
            "end_column": 1,
            "replacement": "## Impact\n\n"
          }
        },
        {
          "rule": "missing-milestone",
          "level": "warning",
          "path": "postmortems/a.md",
          "line": 20,
          "column": 3,
          "end_line": 20,
          "end_column": 19,
          "message": "no row tells the first communication",
          "help": "write `[first-comms]` into the rows, or give the time in `times`, where `unknown` is possible",
          "url": null,
          "fix": null
        },
        {
          "rule": "missing-section",
          "level": "warning",
          "path": "postmortems/a.md",
          "line": 30,
          "column": 1,
          "end_line": 30,
          "end_column": 1,
          "message": "there is no section `Lessons learned`",
          "help": "add a heading `## Lessons learned`; the configuration asks for it, with `required_from: asked`",
          "url": null,
          "fix": null
        }
      ],
      "summary": {
        "documents": 1,
        "errors": 1,
        "warnings": 2
      }
    }
    "###);
}

#[test]
fn only_errors_fail_unless_warnings_are_denied() {
    let mut repository = TestRepository::new();
    repository.write(PATH, REPORT).commit(APPROVED);
    let code = |repository: &mut TestRepository, arguments: &[&str]| lookback(&repository.checkout(), arguments).code;
    assert_eq!(code(&mut repository, &["check"]), 0);
    assert_eq!(code(&mut repository, &["check", "--deny-warnings"]), 1, "the report has no section on lessons");
    assert_eq!(code(&mut repository, &["build", "--strict"]), 0);

    repository.write(PATH, REPORT.edit("severity: SEV2\n", "")).commit("Cut");
    assert_eq!(code(&mut repository, &["check"]), 1);
    assert_eq!(code(&mut repository, &["build"]), 0, "findings keep no site back");
    assert_eq!(code(&mut repository, &["build", "--strict"]), 1);
}

#[test]
fn only_the_documents_at_or_below_the_given_paths_are_checked() {
    let mut repository = TestRepository::new();
    for path in ["postmortems/2026/a.md", "postmortems/2026/b.md", "postmortems/2025/c.md"] {
        repository.write(path, "# Report\n");
    }
    repository.commit("Write");
    let folder = repository.checkout();
    let checked = |paths: &[&str]| {
        let run = lookback(&folder, &[&["check", "--format", "json"], paths].concat());
        let printed: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        let mut paths: Vec<String> = printed["findings"].as_array().unwrap().iter().map(|one| one["path"].as_str().unwrap().to_owned()).collect();
        paths.dedup();
        assert_eq!(printed["summary"]["documents"], paths.len());
        paths
    };
    assert_eq!(checked(&[]).len(), 3);
    assert_eq!(checked(&["postmortems/2026"]), ["postmortems/2026/a.md", "postmortems/2026/b.md"]);
    assert_eq!(checked(&["postmortems/2026/b.md", "postmortems/2025"]), ["postmortems/2025/c.md", "postmortems/2026/b.md"]);
}

#[test]
fn global_options_stand_before_or_after_the_command() {
    let repository = repository();
    let elsewhere = tempfile::tempdir().unwrap();
    let at = repository.path().to_str().unwrap();
    let options = ["--repo", at, "--rev", "HEAD", "--now", "2026-03-03T00:00:00Z", "--color", "never", "--quiet"];
    let before = lookback(elsewhere.path(), &[&options[..], &["check"]].concat());
    let after = lookback(elsewhere.path(), &[&["check"], &options[..]].concat());
    assert_eq!(before.to_string(), after.to_string());
    assert!(before.out.contains("missing-section"), "{before}");
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let repository = repository();
    let is_coloured = |arguments: &[&str]| lookback(repository.path(), arguments).out.contains('\u{1b}');
    assert!(!is_coloured(&["check"]));
    assert!(is_coloured(&["check", "--color", "always"]));
    assert!(!is_coloured(&["check", "--color", "never"]));
}

#[test]
fn a_repository_may_be_named_by_any_folder_in_it() {
    let repository = repository();
    let inside = repository.path().join("postmortems");
    assert_eq!(lookback(&inside, &["check", "--format", "json"]).out, lookback(repository.path(), &["check", "--format", "json"]).out);
    assert_eq!(lookback(&inside, &["build"]).code, 0);
    assert!(repository.path().join("site/internal/index.html").exists(), "the site stands at the root of the work tree");
}

#[test]
fn the_review_trail_as_text_and_json() {
    let mut repository = TestRepository::new();
    repository.at("2026-03-03T09:00:00+01:00").write(PATH, REPORT).commit(APPROVED);
    repository.write(PATH, REPORT.edit("420 orders failed", "421 orders failed")).commit("Recount");
    repository.checkout();
    insta::assert_snapshot!(lookback(repository.path(), &["history", "a"]), @r"
    exit 0
    --- stdout
    Connections of the order store ran out
    a
    postmortems/a.md

    review: stale: the text changed since it was approved
    draft: met, 2026-03-03 08:00 UTC (due 2026-03-04 10:00 UTC)
    completion: met, 2026-03-03 08:00 UTC (due 2026-03-09 23:59 UTC)
    public: published, text of 1cd75d6fd6 (2026-03-03)

    2026-03-03 09:00 +01:00 1cd75d6fd6 Ada Meyer: Review
        First version
        approved by Grace Okafor (trailer, unsigned, recorded by Ada Meyer)
    2026-03-03 10:00 +01:00 fde56ae035 Ada Meyer: Recount  ← after approval
        Changed: Impact
    ");
    let json = lookback(repository.path(), &["history", PATH, "--format", "json"]);
    assert_eq!(json.code, 0, "{json}");
    insta::assert_snapshot!(json.out, @r#"
    {
      "schema": 1,
      "id": "a",
      "path": "postmortems/a.md",
      "title": "Connections of the order store ran out",
      "review": {
        "state": "stale",
        "required": 1,
        "approvals": [
          {
            "by": "Grace Okafor",
            "email": "grace@example.com",
            "kind": "trailer",
            "commit": "1cd75d6fd642bf43284503eeabec46a38cc9020a",
            "date": "2026-03-03T08:00:00Z",
            "counts": true,
            "reason": null,
            "signature": "unsigned",
            "recorded_by": "Ada Meyer",
            "via": null,
            "reverted_by": null
          }
        ],
        "revisions": [
          {
            "commit": "1cd75d6fd642bf43284503eeabec46a38cc9020a",
            "author": "Ada Meyer",
            "email": "ada@example.com",
            "date": "2026-03-03T08:00:00Z",
            "subject": "Review",
            "renamed_from": null
          },
          {
            "commit": "fde56ae035b69d2e4c56d2bad178c1dd822aec9f",
            "author": "Ada Meyer",
            "email": "ada@example.com",
            "date": "2026-03-03T09:00:00Z",
            "subject": "Recount",
            "renamed_from": null
          }
        ],
        "drafted": "2026-03-03T08:00:00Z",
        "completed": "2026-03-03T08:00:00Z",
        "draft_sla": "met",
        "completion_sla": "met"
      }
    }
    "#);
}

#[test]
fn completions_and_pages_of_the_manual_know_every_command() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = lookback(folder.path(), &["completions", shell]);
        assert_eq!(run.code, 0, "{shell}: {run}");
        assert!(COMMANDS.iter().all(|command| run.out.contains(command)), "{shell}");
    }
    let page = lookback(folder.path(), &["man"]);
    assert!(page.out.contains("lookback \\- Incident postmortems in git") && COMMANDS.iter().all(|command| page.out.contains(command)), "{page}");
    assert!(lookback(folder.path(), &["man", "check"]).out.contains("lookback\\-check \\- Check postmortems"));
    let unknown = lookback(folder.path(), &["man", "nothing"]);
    assert_eq!(unknown.code, 2, "{unknown}");
}
