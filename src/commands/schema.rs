use crate::{
    cli::{Schema, SchemaOf},
    config::{Settings, configuration_schema, front_matter_schema},
    pipeline::settings,
    repo::{RepoError, Repository},
    run::{Context, FINE, Failure},
    view::tables_schema,
};

pub(crate) fn run(context: &mut Context<'_>, options: &Schema) -> Result<u8, Failure> {
    let schema = match options.of {
        SchemaOf::Config => configuration_schema(),
        SchemaOf::Export => tables_schema(),
        SchemaOf::FrontMatter => {
            let settings = match Repository::open(&context.path(&context.global.repo), context.global.rev.as_deref()) {
                Ok(repository) => settings(&repository)?,
                // Outside of a repository it is that of the defaults.
                Err(RepoError::NotARepository(_)) => Settings::default(),
                Err(error) => return Err(error.into()),
            };
            front_matter_schema(&settings)
        }
    };
    context.print(&format!("{schema:#}\n"))?;
    Ok(FINE)
}
