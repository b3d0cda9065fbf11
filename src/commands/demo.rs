use std::{collections::BTreeSet, path::PathBuf};

use rust_embed::RustEmbed;

use super::build::build_sites;
use crate::{
    cli,
    pipeline::Point,
    repo::{Repository, replay},
    run::{Context, FINE, Failure},
};

/// The example repository: its files as one browses them, and its history as patches.
#[derive(RustEmbed)]
#[folder = "example-repo"]
struct Example;

pub(crate) fn run(context: &mut Context<'_>, options: &cli::Demo) -> Result<u8, Failure> {
    let folder = folder(context, options)?;
    write_repository(&folder)?;
    let repository = Repository::open(&folder, None)?;
    context.say(&format!("example repository with its history: {}", folder.display()))?;
    let build = cli::Build { audiences: Vec::new(), out: None, strict: false, allow_shallow: false, as_of: cli::AsOf::default() };
    let site = folder.join("site");
    let point = Point { repository, at: context.now, privileged: BTreeSet::new() };
    build_sites(context, &point, &site, &build)?;
    #[cfg(feature = "serve")]
    if options.serve {
        return super::serve::serve(context, &folder, options.port, false);
    }
    context.say(&format!("\nopen {}\n and {}", site.join("internal/index.html").display(), site.join("public/index.html").display()))?;
    Ok(FINE)
}

/// Replays the history of the example into a folder.
///
/// # Errors
/// When the folder can't be written.
pub(crate) fn write_repository(folder: &std::path::Path) -> Result<(), Failure> {
    let mut patches: Vec<(String, String)> = Example::iter()
        .filter(|path| path.starts_with("_history/") && path.ends_with(".patch"))
        .filter_map(|path| Some((path.to_string(), String::from_utf8(Example::get(&path)?.data.into_owned()).ok()?)))
        .collect();
    patches.sort();
    let browsed = |path: &str| Example::get(path).map(|file| file.data.into_owned());
    replay(folder, patches.iter().map(|(path, text)| (path.as_str(), text.as_str())), browsed)?;
    Ok(())
}

fn folder(context: &Context<'_>, options: &cli::Demo) -> Result<PathBuf, Failure> {
    let Some(wanted) = &options.directory else {
        let folder = tempfile::Builder::new().prefix("lookback-demo-").tempdir_in(&context.env.temporary)?;
        return Ok(folder.keep());
    };
    let folder = context.env.directory.join(wanted);
    let is_empty = !folder.exists() || folder.read_dir().is_ok_and(|mut entries| entries.next().is_none());
    if is_empty {
        Ok(folder)
    } else {
        Err(Failure::new(format!("{} is not an empty folder", wanted.display()), "name a new one; the demo overwrites nothing"))
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, fs, path::Path};

    use super::*;

    fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
        let files = walkdir::WalkDir::new(root).into_iter().filter_entry(|entry| entry.file_name() != ".git").flatten();
        let files = files.filter(|entry| entry.file_type().is_file());
        files.map(|entry| (entry.path().strip_prefix(root).unwrap().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap())).collect()
    }

    #[test]
    fn the_replayed_tip_is_what_one_browses() {
        let folder = tempfile::tempdir().unwrap();
        write_repository(folder.path()).unwrap();
        let browsed: BTreeMap<String, Vec<u8>> = Example::iter()
            .filter(|path| !path.starts_with("_history/"))
            .map(|path| (path.to_string(), Example::get(&path).unwrap().data.into_owned()))
            .collect();
        let replayed = files(folder.path());
        assert_eq!(replayed.keys().collect::<Vec<_>>(), browsed.keys().collect::<Vec<_>>());
        for (path, bytes) in &browsed {
            assert!(replayed.get(path) == Some(bytes), "{path} differs");
        }
    }
}
