/// Random texts that open doors: tokens, session secrets, one-time links.
enum Secrets {
    /// As many bytes from the system's generator, as lower-case hexadecimal digits.
    static func hexadecimal(byteCount: Int) -> String {
        // On Linux this generator is getrandom(2), which is fit for keys.
        var generator = SystemRandomNumberGenerator()
        var text: [UInt8] = []
        text.reserveCapacity(byteCount * 2)
        for _ in 0..<byteCount {
            let byte = UInt8.random(in: .min ... .max, using: &generator)
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 0xF)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// True for a text of exactly `count` hexadecimal digits in lower case.
    static func isHexadecimal(_ text: String, count: Int) -> Bool {
        text.utf8.count == count
            && text.utf8.allSatisfy {
                ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9"))
                    || ($0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "f"))
            }
    }

    private static let digits = Array("0123456789abcdef".utf8)
}
