import Foundation

/// The folder with views, words and assets, shipped beside the program.
///
/// Found beside the real executable, also when that was started through a link. `Bundle.module` would fall back to the path of the machine
/// that built the program, which hides a missing folder there and crashes elsewhere.
public struct Resources: Sendable {
    public let folder: URL

    /// - Throws: ``NotShipped`` where the folder is missing: the program must not start without it.
    public init() throws {
        let program = Bundle.main.executableURL?.resolvingSymlinksInPath() ?? Bundle.main.bundleURL
        try self.init(folder: program.deletingLastPathComponent().appending(path: "schalter_Web.resources"))
    }

    public init(folder: URL) throws {
        guard FileManager.default.fileExists(atPath: folder.appending(path: "Views").path) else { throw NotShipped(path: folder.path) }
        self.folder = folder
    }

    public struct NotShipped: Error, CustomStringConvertible {
        public let path: String
        public var description: String { "The folder \(path) is missing: it belongs beside the program." }
    }

    /// All files below `name`, by their path inside it; sorted, so that what is made of them is the same each time.
    func files(in name: String) throws -> [(path: String, bytes: Data)] {
        let root = folder.appending(path: name)
        return try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted().compactMap { path in
            var isFolder: ObjCBool = false
            let file = root.appending(path: path).path
            guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder.boolValue else { return nil }
            return (path, try Data(contentsOf: URL(filePath: file)))
        }
    }
}
