import LabelModel

/// Numbers the people that an archive speaks of, from 1 in the order of their appearance.
struct ArchivePeople {
    private let known: [UserID: User]
    private var numbers: [UserID: Int64] = [:]
    /// Who appeared since the last ``takeLines()``.
    private var fresh: [UserID] = []

    init(_ users: [User]) {
        known = Dictionary(users.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    mutating func number(of user: UserID) -> Int64 {
        if let number = numbers[user] { return number }
        let number = Int64(numbers.count + 1)
        numbers[user] = number
        fresh.append(user)
        return number
    }

    mutating func number(ofOptional user: UserID?) -> Int64? { user.map { number(of: $0) } }

    /// The lines of those who appeared, to go before what speaks of them.
    mutating func takeLines() -> [UInt8] {
        var lines: [UInt8] = []
        for id in fresh {
            var writer = JSONWriter()
            writer.object { writer in
                let user = known[id]
                writer.member("number", numbers[id])
                writer.member("email", user?.email ?? "user-\(id)@unknown.invalid")
                writer.member("username", user?.username ?? "user-\(id)")
                writer.member("first_name", user?.firstName ?? "")
                writer.member("last_name", user?.lastName ?? "")
            }
            lines += writer.bytes
            lines.append(UInt8(ascii: "\n"))
        }
        fresh = []
        return lines
    }
}
