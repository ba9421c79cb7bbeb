//! The command line. All of its work is the library's.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
