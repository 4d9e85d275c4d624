import ArgumentParser
import Configuration
import Foundation
import Networks
import Store
import SystemPackage

/// What an operator can set: by option, else by environment, else in the file that `SCHALTER_CONFIG` names. A wrong value is named in one
/// sentence, and the program ends with code 78 (EX_CONFIG).
struct Settings: Sendable {
    var database: Store.Location
    var host: String
    var port: Int
    var publicURL: URL
    var allowed: [AddressRange]
    var keyFile: String
    var mediaFolder: String

    struct Options: ParsableArguments {
        @Option(help: "sqlite:PATH or postgres:URL.")
        var database: String?
        @Option(help: "HOST:PORT to listen on.")
        var listen: String?
        @Option(help: "How people reach the desk; links are made from it.")
        var publicURL: String?
        @Option(help: "A private network the desk may fetch from, in CIDR; several times for several.")
        var allowNetwork: [String] = []
    }

    /// - Throws: `ExitCode(78)` after naming what is wrong.
    static func read(_ options: Options) async throws -> Settings {
        do {
            return try Settings(options, try await reader())
        } catch let wrong as Wrong {
            complain(wrong.sentence)
            throw ExitCode(78)
        }
    }

    private init(_ options: Options, _ reader: ConfigReader) throws {
        let database = options.database ?? reader.string(forKey: "database") ?? "sqlite:schalter.sqlite"
        do { self.database = try Store.Location(database) } catch { throw Wrong("The setting of the database is wrong: \(error)") }
        let listen = options.listen ?? reader.string(forKey: "listen") ?? "127.0.0.1:8080"
        (host, port) = try Self.address(listen)
        let url = options.publicURL ?? reader.string(forKey: "publicURL") ?? "http://\(listen)"
        publicURL = try Self.publicURL(url)
        let ranges = options.allowNetwork.isEmpty
            ? (reader.string(forKey: "allowNetwork") ?? "").split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
            : options.allowNetwork
        allowed = try ranges.map { range in
            guard let allowed = AddressRange(range) else { throw Wrong("The network \(range) is wrong: write it like 10.20.0.0/16.") }
            return allowed
        }
        let beside = Self.place(beside: self.database)
        keyFile = reader.string(forKey: "keyFile") ?? beside + ".key"
        mediaFolder = reader.string(forKey: "mediaFolder") ?? beside + ".media"
    }

    private static let names = ["database", "listen", "publicURL", "allowNetwork", "keyFile", "mediaFolder"]

    /// A name that is nearly one of ours would be passed over in silence.
    private static func checkEnvironment() throws {
        let known = ["DATABASE", "LISTEN", "PUBLIC_URL", "ALLOW_NETWORK", "KEY_FILE", "MEDIA_FOLDER", "CONFIG"].map { "SCHALTER_" + $0 }
        for (name, value) in ProcessInfo.processInfo.environment.sorted(by: { $0.key < $1.key }) where name.hasPrefix("SCHALTER_") {
            guard known.contains(name) else {
                guard let meant = known.first(where: { $0.replacing("_", with: "") == name.replacing("_", with: "") }) else { continue }
                throw Wrong("There is no setting \(name): it is called \(meant).")
            }
            if value.isEmpty { throw Wrong("The setting \(name) is empty: give it a value, or take it away.") }
        }
    }

    private static func reader() async throws -> ConfigReader {
        try checkEnvironment()
        let environment = EnvironmentVariablesProvider()
        let outer = ConfigReader(provider: environment).scoped(to: "schalter")
        guard let file = outer.string(forKey: "config") else { return outer }
        try check(file)
        do {
            let settings = try await FileProvider<JSONSnapshot>(filePath: FilePath(file))
            return ConfigReader(providers: [environment, settings]).scoped(to: "schalter")
        } catch {
            throw Wrong("The settings file \(file) can't be read: \(error)")
        }
    }

    /// Foreign names and values of another kind would be passed over in silence.
    private static func check(_ file: String) throws {
        let bytes: Data
        do { bytes = try Data(contentsOf: URL(filePath: file)) } catch {
            throw Wrong("The settings file \(file) can't be read: \(error.localizedDescription)")
        }
        guard let all = try? JSONSerialization.jsonObject(with: bytes) as? [String: Any], let ours = all["schalter"] as? [String: Any]
        else { throw Wrong("The settings file \(file) is wrong: it holds one JSON object, and in that one named \"schalter\".") }
        for (name, value) in ours.sorted(by: { $0.key < $1.key }) {
            guard names.contains(name) else { throw Wrong("The settings file \(file) is wrong: there is no setting \(name).") }
            guard value is String else { throw Wrong("The settings file \(file) is wrong: the value of \(name) stands in quotes.") }
        }
    }

    private static func publicURL(_ text: String) throws -> URL {
        guard let url = URL(string: text.hasSuffix("/") ? String(text.dropLast()) : text), ["http", "https"].contains(url.scheme),
            url.host() != nil, (0...65535).contains(url.port ?? 0), url.path().isEmpty, url.query() == nil, url.fragment() == nil, url.user() == nil
        else { throw Wrong("The public URL \(text) is wrong: it begins with https:// and ends with the host or its port.") }
        return url
    }

    private static func address(_ text: String) throws -> (String, Int) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]), (0...65535).contains(port),
            colon != text.startIndex
        else { throw Wrong("The listening address \(text) is wrong: write it like 127.0.0.1:8080.") }
        return (text[..<colon].trimmingCharacters(in: CharacterSet(charactersIn: "[]")), port)
    }

    var address: String { address(port: port) }

    /// - Parameter port: The real one, where any was asked for.
    func address(port: Int) -> String { "http://\(host.contains(":") ? "[\(host)]" : host):\(port)" }

    /// Where the key and the media lie unless said: beside the file, or in the working directory.
    private static func place(beside database: Store.Location) -> String {
        switch database {
        case .sqlite(let path): path
        case .postgres: "schalter"
        }
    }

    func mediaTrouble(_ error: any Error) -> String {
        "The folder for media \(mediaFolder) can't be used (SCHALTER_MEDIA_FOLDER): \(error.localizedDescription)"
    }

    struct Wrong: Error {
        let sentence: String
        init(_ sentence: String) { self.sentence = sentence }
    }
}

/// One line to whoever started the program.
func complain(_ sentence: String) {
    FileHandle.standardError.write(Data((sentence + "\n").utf8))
}

/// One line of result, at once also into a pipe.
func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
}
