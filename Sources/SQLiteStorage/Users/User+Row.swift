import LabelModel

extension User {
    static let columns = """
        id, email, username, first_name, last_name, phone, role, is_active, joined_at, \
        last_activity_at
        """

    init(_ row: inout ColumnReader) {
        self.init(
            id: row.next(),
            email: row.next(),
            username: row.next(),
            firstName: row.next(),
            lastName: row.next(),
            phone: row.next(),
            // An unknown role, written by a newer program, gets the least rights.
            role: User.Role(rawValue: row.next()) ?? .member,
            isActive: row.next(),
            joinedAt: row.next(),
            lastActivityAt: row.next()
        )
    }
}
