internal import ValueTree

/// A member of a result's `value`, or of an object in it, and what it may be.
struct ValueField: Sendable {
    enum Rule: Sendable {
        case number(ClosedRange<Double>)
        /// A whole number, this one or above.
        case whole(from: Int)
        case text
        /// A text out of a few.
        case word([String])
        /// A text, or an array of texts.
        case texts
        case flag
    }

    let name: String
    let rule: Rule
    /// It may be absent or null.
    let isOptional: Bool

    init(_ name: String, _ rule: Rule, isOptional: Bool = false) {
        self.name = name
        self.rule = rule
        self.isOptional = isOptional
    }
}

extension ResultFindings {
    /// Checks members of an object.
    ///
    /// - Parameters:
    ///   - fields: What is looked at; other members are left alone.
    ///   - object: The object.
    ///   - pointer: Where the object stands.
    mutating func fields(
        _ fields: [ValueField],
        of object: JSONText,
        at pointer: @autoclosure () -> String
    ) {
        for field in fields {
            let json = object[field.name]
            if field.isOptional, json?.isNull ?? true { continue }
            if case .number(let range) = field.rule {
                number(json, field.name, at: "\(pointer())/\(field.name)", in: range)
            } else if let json {
                check(json, field, at: "\(pointer())/\(field.name)")
            } else {
                add(
                    .fieldMissing,
                    at: "\(pointer())/\(field.name)",
                    "“\(field.name)” is not there."
                )
            }
        }
    }

    private mutating func check(_ json: JSONText, _ field: ValueField, at pointer: String) {
        switch field.rule {
        case .number(let range): number(json, field.name, at: pointer, in: range)
        case .whole(let least): whole(json, field.name, at: pointer, from: least)
        case .text:
            if json.kind != .string { wrong(json, field, at: pointer, "a text") }
        case .word(let words):
            if !words.contains(json.string ?? "") {
                wrong(json, field, at: pointer, words.map { "“\($0)”" }.joined(separator: " or "))
            }
        case .texts:
            let isRight = json.kind == .array && json.elements.allSatisfy { $0.kind == .string }
            if !isRight, json.kind != .string {
                wrong(json, field, at: pointer, "an array of texts")
            }
        case .flag:
            if json.bool == nil { wrong(json, field, at: pointer, "true or false") }
        }
    }

    /// The whole number at a path, which is there.
    ///
    /// - Returns: `nil` after adding a problem.
    @discardableResult
    mutating func whole(
        _ json: JSONText,
        _ name: String,
        at pointer: @autoclosure () -> String,
        from least: Int
    ) -> Int? {
        guard let number = json.int else {
            add(
                .fieldType,
                at: pointer(),
                "“\(name)” must be a whole number, not \(Self.shown(json))."
            )
            return nil
        }
        guard number >= least else {
            add(.outOfRange, at: pointer(), "“\(name)” is \(number); it begins at \(least).")
            return nil
        }
        return number
    }

    private mutating func wrong(
        _ json: JSONText,
        _ field: ValueField,
        at pointer: String,
        _ expected: String
    ) {
        add(
            .fieldType,
            at: pointer,
            "“\(field.name)” must be \(expected), not \(Self.shown(json))."
        )
    }

    /// The elements of a list that must be there, with their places.
    ///
    /// - Parameters:
    ///   - name: The member of `object` that holds the list.
    ///   - object: What holds it.
    ///   - pointer: Where `object` stands.
    ///   - kind: What every element must be.
    /// - Returns: The elements that are of the kind; the others are added as problems.
    mutating func list(
        _ name: String,
        of object: JSONText,
        at pointer: String,
        of kind: JSONText.Kind
    ) -> [(place: String, json: JSONText)] {
        let place = "\(pointer)/\(name)"
        guard let list = object[name] else {
            add(.fieldMissing, at: place, "“\(name)” is not there.")
            return []
        }
        guard list.kind == .array else {
            add(.fieldType, at: place, "“\(name)” must be an array, not \(Self.shown(list)).")
            return []
        }
        var found: [(place: String, json: JSONText)] = []
        for (index, json) in list.elements.enumerated() where !isFull {
            guard json.kind == kind else {
                add(
                    .fieldType,
                    at: "\(place)/\(index)",
                    "An element of “\(name)” must be an \(kind), not \(Self.shown(json))."
                )
                continue
            }
            found.append(("\(place)/\(index)", json))
        }
        return found
    }
}
