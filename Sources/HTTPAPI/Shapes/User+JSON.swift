internal import LabelModel

extension User {
    /// The short form that stands inside other objects.
    func writeShort(to writer: inout JSONWriter, withInitials: Bool = false) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("first_name", firstName)
            writer.member("last_name", lastName)
            writer.member("email", email)
            writer.nullMember("avatar")
            if withInitials { writer.member("initials", initials) }
        }
    }

    /// First letters of the names, or the first two of the address.
    var initials: String {
        let letters = [firstName, lastName].compactMap(\.first)
        return letters.isEmpty ? String(email.prefix(2)).lowercased() : String(letters).uppercased()
    }

    /// Label Studio's `created_username`: names, address and number.
    ///
    /// Without names the space before the address stays.
    var signature: String {
        let names = [firstName, lastName].filter { !$0.isEmpty }.joined(separator: " ")
        return "\(names) \(email), \(id)"
    }
}
