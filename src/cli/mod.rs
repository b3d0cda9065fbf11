//! The command line as it may be written. Doc comments are the help.

mod values;

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::{Args, Parser, Subcommand};

pub(crate) use self::values::{AgendaFormat, CheckFormat, DiffFormat, ExportFormat, ExportTable, Format, SchemaOf, When};

/// Incident postmortems in git: checks, review trail, sites, trends.
///
/// Postmortems are Markdown files with YAML front matter in a git repository. lookback checks them, takes their review trail from git
/// history, and builds one static site per audience: an internal one with everything, and external ones that hold only what was written for
/// customers and was reviewed.
#[derive(Debug, Parser)]
#[command(name = "lookback", version, propagate_version = true, arg_required_else_help = true, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 fine · 1 findings (an error in `check`, a leak in `build`) · 2 lookback could not do its job\n\nStart with `lookback demo`, with `lookback init`, or run `lookback check` in a repository that has postmortems."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options that every command takes, before or after its name.
#[derive(Debug, Clone, Args)]
pub(crate) struct Global {
    /// The repository, or any folder in it
    #[arg(long, global = true, value_name = "DIR", default_value = ".", help_heading = "Global options")]
    pub(crate) repo: PathBuf,
    /// Read this commit instead of the work tree
    #[arg(long, global = true, value_name = "REV", help_heading = "Global options")]
    pub(crate) rev: Option<String>,
    /// Fix the clock (RFC 3339), so that two runs give the same bytes; `SOURCE_DATE_EPOCH` does the same
    #[arg(long, global = true, value_name = "TIME", value_parser = parse_now, help_heading = "Global options")]
    pub(crate) now: Option<DateTime<Utc>>,
    /// Colour messages
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_possible_values = false, help_heading = "Global options")]
    pub(crate) color: When,
    /// Print errors only
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = "Global options")]
    pub(crate) quiet: bool,
    /// Say more about what is done
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub(crate) verbose: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write the example repository with its history, build its sites, and say where
    Demo(Demo),
    /// Prepare a repository: configuration, template, workflow, hook
    #[command(
        after_help = "Examples:\n  lookback init                 the repository that you stand in\n  lookback init ../postmortems  a new folder, or another repository\n\nWrites lookback.yml for the folder in which postmortems are found, a template, an example where there is no postmortem yet, a workflow for GitHub or GitLab, a hook before commits, and `/site/` in .gitignore. Nothing is overwritten; what was written and what was kept is listed."
    )]
    Init(Init),
    /// Begin a postmortem from the template, and print its path
    #[command(
        after_help = "Examples:\n  lookback new \"Checkout answered 503\"\n  lookback new \"Checkout answered 503\" --severity SEV2 --service checkout\n  lookback new \"Checkout answered 503\" --started \"2026-03-14 09:14 UTC\"\n  $EDITOR \"$(lookback new \"Checkout answered 503\")\"\n\nThe template is `_template.md` in the content folder, else a built-in one in the first of the site's languages. What was not given is asked for on a terminal, and left empty elsewhere: `lookback check` says what is missing, as warnings while the text is a draft."
    )]
    New(New),
    /// Check postmortems and print what is found
    #[command(
        after_help = "Examples:\n  lookback check                              every postmortem of the repository\n  lookback check postmortems/2026             those below a folder\n  lookback check --since origin/main          those that this branch or the work tree changes\n  lookback check --stdin-path postmortems/a.md < draft.md\n                                              one document with the text of an editor\n  lookback check --fix postmortems/2026/a.md  what is mechanical is done, the rest is listed\n  lookback check --format sarif               a file for the code scanning of a forge\n  lookback explain missing-section            what a rule asks for, and why\n\nRules that compare postmortems always see all of them; these options choose whose findings are printed.\nExit codes: 0 fine · 1 an error, or a warning with --deny-warnings · 2 nothing could be checked"
    )]
    Check(Check),
    /// Build the sites: internal, public and every further audience
    #[command(
        after_help = "The internal site holds everything and is for the organisation; only the folder of an external audience may be published.\nEverything is rendered and audited before anything is written, and each site is swapped in whole."
    )]
    Build(Build),
    /// Serve the sites on 127.0.0.1, built again and loaded again whenever something changes
    #[cfg(feature = "serve")]
    #[command(
        after_help = "The internal site shows the work tree as it is, committed or not; customers' sites show what is committed and approved, as `build` does.\nFindings of a postmortem stand in a corner of its page. Nothing is written: the sites are held in memory."
    )]
    Serve(Serve),
    /// Print the review trail of one postmortem
    History(History),
    /// Approve the committed text of postmortems, as a commit that says so
    #[command(
        after_help = "The commit is made by the git command line: git's idea of who you are, hooks and signing apply.\nIt changes no file and leaves what is staged alone. Push it, or have it merged.\n\nExamples:\n  lookback approve checkout-503s\n  lookback approve --yes --as @grace --via https://git.example.com/pull/7 checkout-503s"
    )]
    Approve(Approve),
    /// Print what an audience would see change between two commits
    #[command(
        after_help = "Examples:\n  lookback diff origin/main                         what merging this branch changes for customers\n  lookback diff v1 v2 --audience internal           what readers inside see change\n  lookback diff origin/main --format markdown       a comment for a pull request\n\nOnly committed texts are compared. What customers would read once the newest text is approved stands apart from what they read at once.\nDifferences are no failure: the exit code is 0."
    )]
    Diff(Diff),
    /// Print the agenda of the review meeting
    Agenda(Agenda),
    /// Print postmortems as rows, or the evidence of their review
    #[command(
        after_help = "Examples:\n  lookback export > postmortems.csv\n  lookback export --format ndjson | jq .resolve_minutes\n  lookback export --table actions --format json\n  lookback export --table all --format ndjson --out warehouse\n  lookback export --evidence --as-of 2026-06-30 --out evidence.json\n\nTimes are UTC, durations minutes. Privileged postmortems are left out; the evidence counts them. Evidence is always read from a commit."
    )]
    Export(Export),
    /// List every rule with its level
    Rules,
    /// Explain a rule: what it asks for, why, and how it is configured
    Explain(Explain),
    /// Print the JSON Schema of what people write, for the completion of editors
    #[command(
        after_help = "Examples:\n  lookback schema > .vscode/postmortem.schema.json\n  lookback schema config > .vscode/lookback.schema.json\n\nThe schema of front matter knows the severities, services, causes and audiences of the repository's configuration.\nIn lookback.yml, `# yaml-language-server: $schema=.vscode/lookback.schema.json` names it to editors that know the YAML language server."
    )]
    Schema(Schema),
    /// Print what a shell needs to complete commands and options
    #[command(
        after_help = "Examples:\n  lookback completions bash > ~/.local/share/bash-completion/completions/lookback\n  lookback completions zsh > \"${fpath[1]}/_lookback\"\n  lookback completions fish > ~/.config/fish/completions/lookback.fish"
    )]
    Completions(Completions),
    /// Print a page of the manual
    #[command(after_help = "Examples:\n  lookback man | man -l -\n  lookback man check > lookback-check.1")]
    Man(Man),
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Where to write it: an empty or new folder [default: a temporary folder]
    pub(crate) directory: Option<PathBuf>,
    /// Serve the sites on 127.0.0.1 until interrupted
    #[cfg(feature = "serve")]
    #[arg(long)]
    pub(crate) serve: bool,
    /// Port to serve on; 0 takes a free one
    #[cfg(feature = "serve")]
    #[arg(long, default_value_t = 8420, requires = "serve")]
    pub(crate) port: u16,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The folder; it is made, and becomes a repository, where it is not [default: the repository of --repo]
    pub(crate) directory: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct New {
    /// What was seen, in a line
    pub(crate) title: String,
    /// One of the configured severities
    #[arg(long, value_name = "ID")]
    pub(crate) severity: Option<String>,
    /// A service that was affected; may be given several times
    #[arg(long = "service", value_name = "NAME")]
    pub(crate) services: Vec<String>,
    /// When impact began; the file is named by this day, else by today
    #[arg(long, value_name = "TIME")]
    pub(crate) started: Option<String>,
    /// When it was first noticed
    #[arg(long, value_name = "TIME")]
    pub(crate) detected: Option<String>,
    /// When it was over
    #[arg(long, value_name = "TIME")]
    pub(crate) resolved: Option<String>,
    /// Who answers for the text [default: who git says you are]
    #[arg(long, value_name = "PERSON")]
    pub(crate) owner: Option<String>,
    /// Name of the file, without `.md` [default: day and title]
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Only documents at or below these paths
    pub(crate) paths: Vec<PathBuf>,
    /// Only documents changed since this branch left REV, whether committed or not
    #[arg(long, value_name = "REV")]
    pub(crate) since: Option<String>,
    /// Only this document, with the text that standard input gives; it need not exist yet
    #[arg(long, value_name = "PATH", conflicts_with_all = ["paths", "since"])]
    pub(crate) stdin_path: Option<PathBuf>,
    /// How to print findings [default: text; github where `GITHUB_ACTIONS` is true]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<CheckFormat>,
    /// Make the changes that can't be wrong, then print what is left: keys and headings in their usual spelling, headings of missing sections
    ///
    /// Nothing else in a file is touched. With --stdin-path the text is printed instead of written, and what is left goes to stderr.
    #[arg(long)]
    pub(crate) fix: bool,
    /// Exit with 1 for warnings too
    #[arg(long)]
    pub(crate) deny_warnings: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Build {
    /// Build only these audiences (`internal`, `public`, …)
    #[arg(long = "audience", value_name = "NAME")]
    pub(crate) audiences: Vec<String>,
    /// Where to write [default: `site` at the root of the work tree]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Exit with 1 when any document has an error
    #[arg(long)]
    pub(crate) strict: bool,
    /// Build from a shallow or partial clone although dates and approvals may be wrong
    #[arg(long)]
    pub(crate) allow_shallow: bool,
    #[command(flatten)]
    pub(crate) as_of: AsOf,
}

/// A point in the history.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct AsOf {
    /// Everything as it stood on a day (2026-06-30, its end in the site's timezone), at a time (RFC 3339), or in a commit
    #[arg(long, value_name = "DATE|COMMIT")]
    pub(crate) as_of: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The older commit
    pub(crate) base: String,
    /// The newer commit [default: the tip]
    pub(crate) head: Option<String>,
    /// Whose pages (`internal`, `public`, …)
    #[arg(long, value_name = "NAME", default_value = "public")]
    pub(crate) audience: String,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: DiffFormat,
    /// Read a shallow or partial clone although dates and approvals may be wrong
    #[arg(long)]
    pub(crate) allow_shallow: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Agenda {
    /// The meeting of this month [default: the next one]
    #[arg(long, value_name = "YYYY-MM", value_parser = parse_month)]
    pub(crate) month: Option<chrono::NaiveDate>,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "markdown")]
    pub(crate) format: AgendaFormat,
    /// Read a shallow or partial clone although dates and approvals may be wrong
    #[arg(long)]
    pub(crate) allow_shallow: bool,
    #[command(flatten)]
    pub(crate) as_of: AsOf,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// Which rows
    #[arg(long, value_name = "TABLE", default_value = "postmortems", conflicts_with = "evidence")]
    pub(crate) table: ExportTable,
    /// How to print rows
    #[arg(long, value_name = "FORMAT", default_value = "csv", conflicts_with = "evidence")]
    pub(crate) format: ExportFormat,
    /// Who wrote, approved and checked which text when, as JSON
    #[arg(long)]
    pub(crate) evidence: bool,
    /// Write it to this file; for every table, to a file each in this folder [default: standard output]
    #[arg(long, value_name = "PATH", required_if_eq("table", "all"))]
    pub(crate) out: Option<PathBuf>,
    /// Read a shallow or partial clone although dates and approvals may be wrong
    #[arg(long)]
    pub(crate) allow_shallow: bool,
    #[command(flatten)]
    pub(crate) as_of: AsOf,
}

#[cfg(feature = "serve")]
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Port to serve on; 0 takes a free one
    #[arg(long, default_value_t = 8420)]
    pub(crate) port: u16,
    /// Read a shallow or partial clone although dates and approvals may be wrong
    #[arg(long)]
    pub(crate) allow_shallow: bool,
}

#[derive(Debug, Args)]
pub(crate) struct History {
    /// Id of the postmortem, or its path
    pub(crate) id: String,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
    /// Read a shallow or partial clone although dates and approvals may be wrong
    #[arg(long)]
    pub(crate) allow_shallow: bool,
    #[command(flatten)]
    pub(crate) as_of: AsOf,
}

#[derive(Debug, Args)]
pub(crate) struct Approve {
    /// Ids of the postmortems, or their paths
    #[arg(required = true, value_name = "ID")]
    pub(crate) ids: Vec<String>,
    /// Do not ask
    #[arg(short, long)]
    pub(crate) yes: bool,
    /// Record the approval of somebody else: `Name <address>`, or a name or `@handle` that is known
    #[arg(long = "as", value_name = "PERSON", requires = "via")]
    pub(crate) on_behalf_of: Option<String>,
    /// Where they gave it: the address of the pull request, say
    #[arg(long, value_name = "URL", requires = "on_behalf_of", value_parser = parse_url)]
    pub(crate) via: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// What is written
    #[arg(default_value = "front-matter")]
    pub(crate) of: SchemaOf,
}

#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct Man {
    /// A command; the page of the whole program without
    pub(crate) command: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Name of the rule, such as `missing-section`
    pub(crate) rule: String,
}

impl Check {
    /// The format that was asked for, else the one that the reader understands.
    pub(crate) fn format(&self, is_github_actions: bool) -> CheckFormat {
        self.format.unwrap_or(if is_github_actions { CheckFormat::Github } else { CheckFormat::Text })
    }
}

fn parse_month(written: &str) -> Result<chrono::NaiveDate, String> {
    chrono::NaiveDate::parse_from_str(&format!("{written}-01"), "%Y-%m-%d").map_err(|_| "write it as 2026-03".to_owned())
}

fn parse_url(written: &str) -> Result<String, String> {
    let is_url = ["https://", "http://"].iter().any(|scheme| written.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
    let is_plain = !written.contains(|character: char| character.is_whitespace() || character.is_control());
    if is_url && is_plain { Ok(written.to_owned()) } else { Err("write it as https://git.example.com/pull/7".to_owned()) }
}

fn parse_now(written: &str) -> Result<DateTime<Utc>, String> {
    DateTime::parse_from_rfc3339(written).map(|now| now.with_timezone(&Utc)).map_err(|_| "write it as 2026-03-14T09:30:00Z".to_owned())
}
