internal import LabelModel

extension User {
    /// Label Studio's User, and the role on this site.
    ///
    /// The answer of whoami has `permissions` too.
    func write(to writer: inout JSONWriter, permissions: [String]? = nil) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("first_name", firstName)
            writer.member("last_name", lastName)
            writer.member("username", username)
            writer.member("email", email)
            writer.member("last_activity", lastActivityAt)
            writer.key("custom_hotkeys")
            writer.object { _ in }
            writer.nullMember("avatar")
            writer.member("initials", initials)
            writer.member("phone", phone)
            writer.member("active_organization", Int(1))
            writer.key("active_organization_meta")
            writer.object { writer in
                writer.member("title", "Postil")
                writer.member("email", "")
            }
            writer.member("allow_newsletters", false)
            writer.member("date_joined", joinedAt)
            writer.member("role", role.rawValue)
            writer.member("is_active", isActive)
            if let permissions {
                writer.key("permissions")
                writer.strings(permissions)
            }
        }
    }

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
