//! stub
pub(crate) fn run(_: super::args::AddArgs) -> std::io::Result<super::Outcome> {
    Ok(super::Outcome::Clean)
}
