extension String {
    /// With what its writer's answers end with: on a line of its own below several lines, else behind the last word. Once, also where it
    /// stands there already. The script beside the text field counts by the same rule.
    func signed(with signature: String?) -> String {
        guard let signature, !isSigned(with: signature) else { return self }
        if isEmpty { return signature }
        return self + (contains("\n") ? "\n" : " ") + signature
    }

    /// As it was before it was signed.
    func unsigned(by signature: String?) -> String {
        guard let signature, isSigned(with: signature) else { return self }
        let text = dropLast(signature.count)
        return String(text.last?.isWhitespace == true ? text.dropLast() : text)
    }

    private func isSigned(with signature: String) -> Bool {
        guard hasSuffix(signature) else { return false }
        // "…ABLK" is a word and no signature; "…/LK" is one.
        guard let before = dropLast(signature.count).last, let first = signature.first else { return true }
        return !(before.isLetter || before.isNumber) || !(first.isLetter || first.isNumber)
    }
}
