import Crypto
import Foundation

/// Codes that an app and we work out from a secret that both know and the time: RFC 6238 with SHA-1, six digits and 30 seconds, because
/// that is what every app does.
struct OneTimeCode {
    static let digits = 6
    /// In seconds.
    static let period = 30

    let secret: Data

    /// 160 random bits, the length of SHA-1's digests.
    static func makeSecret() -> Data {
        SymmetricKey(size: SymmetricKeySize(bitCount: 160)).withUnsafeBytes { Data($0) }
    }

    static func step(at time: Date) -> Int64 {
        Int64((time.timeIntervalSince1970 / Double(period)).rounded(.down))
    }

    /// What the app shows during one step.
    func code(in step: Int64, digits: Int = digits) -> String {
        let counter = withUnsafeBytes(of: step.bigEndian) { Data($0) }
        let hash = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let start = Int(hash[hash.count - 1] & 0x0f)
        let number = hash[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
        let all = String(repeating: "0", count: digits) + String(number)
        return String(all.suffix(digits))
    }

    /// The step that shows this code: the present one or a neighbour, because clocks differ and people take their time.
    /// - Parameter last: The step of the last code that opened something. It and those before it open nothing any more.
    /// - Returns: `nil` for a wrong code.
    func step(of code: String, at time: Date, after last: Int64) -> Int64? {
        let now = Self.step(at: time)
        return (now - 1...now + 1).first { $0 > last && self.code(in: $0) == code }
    }

    /// As people type it into an app that can't read a QR code, in groups of four.
    var groups: String {
        let signs = Array(base32)
        return stride(from: 0, to: signs.count, by: 4).map { String(signs[$0..<min($0 + 4, signs.count)]) }.joined(separator: " ")
    }

    /// What an app makes an entry of.
    /// - Parameters:
    ///   - issuer: Whose codes these are, as the app shows it.
    ///   - account: Whom they sign in.
    func link(issuer: String, account: String) -> String {
        let plain = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        // A colon would end the issuer.
        let parts = [issuer.replacing(":", with: " "), account].map { $0.addingPercentEncoding(withAllowedCharacters: plain) ?? "" }
        return "otpauth://totp/\(parts[0]):\(parts[1])?secret=\(base32)&issuer=\(parts[0])&algorithm=SHA1&digits=\(Self.digits)"
            + "&period=\(Self.period)"
    }

    /// RFC 4648, without padding.
    private var base32: String {
        let signs = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (text, bits, count) = ("", UInt32(0), 0)
        for byte in secret {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 5 {
                count -= 5
                text.append(signs[Int(bits >> UInt32(count) & 31)])
            }
        }
        if count > 0 { text.append(signs[Int(bits << UInt32(5 - count) & 31)]) }
        return text
    }
}
