import ArgumentParser

/// The program.
@main
struct Schalter: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schalter", abstract: "The counter of a public authority on the social networks.",
        subcommands: [
            Serve.self, Migrate.self, DemoCommand.self, ColleagueCommand.self, ChannelCommand.self, RecordCommand.self, BenchCommand.self,
            Simulate.self,
        ])
}
