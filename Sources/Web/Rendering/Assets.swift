import Foundation

/// Styles, scripts and icons, held in memory. Their path carries a fingerprint of them all, so that browsers may keep them for ever.
public struct Assets: Sendable {
    public struct File: Sendable {
        public let bytes: Data
        public let type: String
    }

    /// A fingerprint of all files: a new release, a new path.
    public let version: String
    private let files: [String: File]

    public init(from resources: Resources) throws {
        let found = try resources.files(in: "Assets")
        var files: [String: File] = [:]
        for (path, bytes) in found {
            guard let type = Self.types[String(path.split(separator: ".").last ?? "")] else { continue }
            files[path] = File(bytes: bytes, type: type)
        }
        files["schalter.css"] = File(bytes: Self.stylesheet(of: found), type: Self.types["css"] ?? "")
        self.files = files
        version = Self.fingerprint(of: found)
    }

    /// - Parameter path: Below the version: `schalter.css`, `scripts/desk.js`, `icons/icons.svg`.
    public subscript(path: String) -> File? { files[path] }

    public var paths: [String] { files.keys.sorted() }

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml", "png": "image/png",
    ]

    /// All styles in one answer. Their order is free: each says to which layer it belongs, and the first names the layers' order.
    private static func stylesheet(of files: [(path: String, bytes: Data)]) -> Data {
        let styles = files.filter { $0.path.hasPrefix("styles/") && $0.path.hasSuffix(".css") }
        return styles.reduce(into: Data("@layer reset, tokens, base, layout, components;\n".utf8)) { $0 += $1.bytes }
    }

    /// FNV-1a: it only has to differ between releases.
    private static func fingerprint(of files: [(path: String, bytes: Data)]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for file in files {
            for byte in Data(file.path.utf8) + file.bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
        return String(hash, radix: 36)
    }
}
