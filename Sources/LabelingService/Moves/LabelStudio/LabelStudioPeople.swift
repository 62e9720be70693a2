import LabelModel
import ValueTree

/// The people of a Label Studio by their id there.
struct LabelStudioPeople {
    struct Person: Hashable {
        var email: String
        var username: String
        var firstName: String
        var lastName: String
    }

    private var known: [Int64: Person] = [:]

    mutating func add(_ user: JSONText) {
        guard let id = user["id"]?.int64, let email = user["email"]?.string, email.contains("@")
        else { return }
        known[id] = Person(
            email: email,
            username: user["username"]?.string ?? email,
            firstName: user["first_name"]?.string ?? "",
            lastName: user["last_name"]?.string ?? ""
        )
    }

    /// The person, or somebody without a name where the server does not tell of one.
    func person(_ id: Int64) -> (person: Person, isKnown: Bool) {
        if let person = known[id] { return (person, true) }
        let name = "label-studio-user-\(id)"
        let unknown = Person(
            email: "\(name)@unknown.invalid",
            username: name,
            firstName: "",
            lastName: ""
        )
        return (unknown, false)
    }

    /// The id of the person with an address.
    func id(ofEmail email: String) -> Int64? { known.first { $0.value.email == email }?.key }
}
