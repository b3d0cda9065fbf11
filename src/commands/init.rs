use std::fs;

use crate::{
    cli::Init,
    repo::{RepoError, Repository},
    run::{Context, FINE, Failure},
    scaffold::init,
};

pub(crate) fn run(context: &mut Context<'_>, options: &Init) -> Result<u8, Failure> {
    if context.global.rev.is_some() {
        return Err(Failure::new("a commit can't be prepared", "leave out `--rev`: files are written into the work tree"));
    }
    let repository = repository(context, options)?;
    let done = init(&repository, context.now)?;
    let mut lines: Vec<String> = done.wrote.iter().map(|path| format!("wrote  {path}")).collect();
    lines.extend(done.kept.iter().map(|(path, why)| format!("kept   {path}: {why}")));
    context.say(&lines.join("\n"))?;
    context.say("\nLook through what was written and commit it; the step of the workflow that installs lookback may be another one for you.\nThen: lookback check, lookback new TITLE, lookback build")?;
    Ok(FINE)
}

/// The repository of the folder. One that is made for it only where the folder lies in none.
fn repository(context: &mut Context<'_>, options: &Init) -> Result<Repository, Failure> {
    let folder = context.path(options.directory.as_ref().unwrap_or(&context.global.repo));
    fs::create_dir_all(&folder)
        .map_err(|error| Failure::new(format!("{} can't be made: {error}", folder.display()), "name a folder whose parent you may write to"))?;
    match Repository::open(&folder, None) {
        Err(RepoError::NotARepository(_)) => {
            let made = Repository::create(&folder)?;
            context.say(&format!("made a git repository in {}", folder.display()))?;
            Ok(made)
        }
        // The configuration stands at the root: a folder within a repository can't have its own.
        Ok(found) if options.directory.is_some() && folder.canonicalize()? != found.root().canonicalize()? => Err(Failure::new(
            format!("{} lies inside the repository {}", folder.display(), found.root().display()),
            "run `lookback init` for that one, or make this folder a repository of its own with `git init`",
        )),
        // A bare repository without a commit is refused for what it is later on.
        found => Ok(found?),
    }
}
