import Foundation
import Hummingbird

/// Puts text into the query of a path of ours.
enum Query {
    private static let plain = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

    static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }

    /// A path on this host, wherever a form said to go on; `nil` for anything that would lead away.
    static func local(_ text: String) -> String? {
        guard text.hasPrefix("/"), !text.hasPrefix("//"), !text.contains("\\"), text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
            return nil
        }
        return text
    }
}

extension Request {
    /// A parameter of the query, decoded; empty where it is missing.
    func query(_ name: String) -> String {
        guard let pairs = try? Form.pairs(uri.query ?? "") else { return "" }
        return pairs[name] ?? ""
    }
}

extension Response {
    static func seeOther(_ path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path])
    }

    func with(_ cookie: Cookie) -> Response {
        var response = self
        response.setCookie(cookie)
        return response
    }
}
