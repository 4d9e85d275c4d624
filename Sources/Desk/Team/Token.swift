import Crypto
import Foundation

/// A secret that opens something once or for a while. The database holds only its digest.
public enum Token {
    /// 256 random bits, fit for a URL and a cookie.
    public static func make() -> String {
        SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }.base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    static func digest(_ token: String) -> Data { Data(SHA256.hash(data: Data(token.utf8))) }
}
