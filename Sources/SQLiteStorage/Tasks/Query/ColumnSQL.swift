import Contracts
import LabelModel

/// How a column of the data manager stands in SQL over `tasks t`.
struct ColumnSQL {
    enum Form {
        /// One value, or NULL.
        case value(SQLPieces, isCount: Bool)
        /// Any number of values in the rows of another table: what to select from, with a
        /// condition that ends in the tie to the task, and the column that is compared.
        case rows(from: String, value: String)
    }

    let column: TaskColumn
    /// A data field is taken as a number, as a truth, or as text.
    private let dataForm: DataForm

    private enum DataForm {
        case number, truth, text
    }

    init(_ column: TaskColumn, isNumeric: Bool) {
        self.column = column
        dataForm = isNumeric ? .number : .text
    }

    init(_ column: TaskColumn, comparedWith test: TaskTest) {
        self.column = column
        dataForm =
            switch test.value {
            case .number: .number
            case .bool: .truth
            case .text, .moment, nil: .text
            }
    }

    private static let ofTask = "WHERE x.task_id = t.id"

    var form: Form {
        get throws(StorageError) {
            switch column {
            case .id: Self.plain("t.id")
            case .innerID: Self.plain("t.inner_id")
            case .totalAnnotations: Self.count("t.total_annotations")
            case .cancelledAnnotations: Self.count("t.cancelled_annotations")
            case .totalPredictions: Self.count("t.total_predictions")
            case .createdAt: Self.plain("t.created_at")
            case .updatedAt: Self.plain("t.updated_at")
            case .updatedBy: Self.plain("t.updated_by")
            case .isLabeled: Self.plain("t.is_labeled")
            case .overlap: Self.plain("t.overlap")
            case .completedAt:
                Self.plain(
                    """
                    iif(t.is_labeled, \
                    (SELECT max(x.created_at) FROM annotations x \(Self.ofTask)), NULL)
                    """
                )
            case .predictionScore:
                Self.plain("(SELECT avg(x.score) FROM predictions x \(Self.ofTask))")
            case .meanLeadTime:
                Self.plain("(SELECT avg(x.lead_time) FROM annotations x \(Self.ofTask))")
            case .hasDrafts:
                Self.plain("EXISTS (SELECT 1 FROM drafts x \(Self.ofTask))")
            case .fileUpload:
                Self.plain(
                    """
                    (SELECT substr(x.path, instr(x.path, '/') + 1) FROM file_uploads x \
                    WHERE x.id = t.file_upload_id)
                    """
                )
            case .storageFileName: Self.plain("NULL")
            case .annotators:
                .rows(from: "annotations x \(Self.ofTask)", value: "x.completed_by")
            case .annotationIDs: .rows(from: "annotations x \(Self.ofTask)", value: "x.id")
            case .annotationResults:
                .rows(from: "annotations x \(Self.ofTask)", value: "x.result")
            case .predictionResults:
                .rows(from: "predictions x \(Self.ofTask)", value: "x.result")
            case .predictionModelVersions:
                .rows(from: "predictions x \(Self.ofTask)", value: "x.model_version")
            case .data(let path): .value(try data(path), isCount: false)
            }
        }
    }

    /// The one value that orders compare: of several the first.
    var ordered: SQLPieces {
        get throws(StorageError) {
            switch try form {
            case .value(let value, _): return value
            case .rows(let source, let value):
                var pieces = SQLPieces()
                pieces.add("(SELECT min(\(value)) FROM \(source))")
                return pieces
            }
        }
    }

    private static func plain(_ text: String) -> Form {
        var pieces = SQLPieces()
        pieces.add(text)
        return .value(pieces, isCount: false)
    }

    private static func count(_ text: String) -> Form {
        var pieces = SQLPieces()
        pieces.add(text)
        return .value(pieces, isCount: true)
    }

    // MARK: Data fields

    private static let data =
        "ifnull(t.data, (SELECT l.data FROM large_task_data l WHERE l.task_id = t.id))"

    /// A field of the data: under its whole name, or inside nested objects.
    private func data(_ path: [String]) throws(StorageError) -> SQLPieces {
        let name = path.joined(separator: ".")
        guard path.count > 1 else { return value(at: try Self.jsonPath([name])) }
        var pieces = SQLPieces()
        pieces.add("coalesce(")
        pieces.add(value(at: try Self.jsonPath([name])))
        pieces.add(", ")
        pieces.add(value(at: try Self.jsonPath(path)))
        pieces.add(")")
        return pieces
    }

    private func value(at path: String) -> SQLPieces {
        var pieces = SQLPieces()
        switch dataForm {
        case .number:
            pieces.add("postil_number(json_extract(\(Self.data), ", path, "))")
        case .truth:
            pieces.add("CASE json_type(\(Self.data), ", path, ")")
            pieces.add(" WHEN 'true' THEN 1 WHEN 'false' THEN 0 END")
        case .text:
            pieces.add("CASE json_type(\(Self.data), ", path, ")")
            pieces.add(" WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE ")
            pieces.add("CAST(json_extract(\(Self.data), ", path, ") AS TEXT) END")
        }
        return pieces
    }

    /// SQLite's path of nested members.
    ///
    /// - Throws: ``StorageError`` `invalid` for a name with a quote, which a path cannot hold.
    private static func jsonPath(_ names: [String]) throws(StorageError) -> String {
        var path = "$"
        for name in names {
            guard !name.isEmpty, !name.contains("\"") else {
                throw StorageError(
                    .invalid,
                    "“\(name)” cannot be looked for: the name is empty or has a quote in it."
                )
            }
            path += ".\"\(name)\""
        }
        return path
    }
}

extension TaskTest {
    /// A value that it compares with; they are all of one type.
    var value: TaskValue? {
        switch self {
        case .equal(let value), .less(let value), .lessOrEqual(let value), .greater(let value),
            .greaterOrEqual(let value), .between(let value, _):
            value
        case .oneOf(let values): values.first
        case .isEmpty, .contains, .startsWith, .endsWith, .matches: nil
        }
    }
}
