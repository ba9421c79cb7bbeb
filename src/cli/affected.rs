//! stub
pub(crate) fn run(_: super::args::AffectedArgs) -> std::io::Result<super::Outcome> {
    Ok(super::Outcome::Clean)
}
