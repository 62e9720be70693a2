/// A schema with a name in the OpenAPI document.
enum Component: String, CaseIterable, Sendable {
    case error = "Error"
    case version = "Version"
    case session = "Session"
    case user = "User"
    case newUser = "NewUser"
    case userChanges = "UserChanges"
    case token = "Token"
    case tokenSettings = "TokenSettings"
    case organization = "Organization"
    case membershipPage = "MembershipPage"
    case project = "Project"
    case projectFields = "ProjectFields"
    case projectPage = "ProjectPage"
    case countsPage = "CountsPage"
    case task = "Task"
    case listedTask = "ListedTask"
    case nextTask = "NextTask"
    case taskPage = "TaskPage"
    case taskFields = "TaskFields"
    case annotation = "Annotation"
    case annotationFields = "AnnotationFields"
    case annotationVersion = "AnnotationVersion"
    case draft = "Draft"
    case draftFields = "DraftFields"
    case prediction = "Prediction"
    case predictionFields = "PredictionFields"
    case view = "View"
    case viewFields = "ViewFields"
    case dataColumn = "DataColumn"
    case taskAction = "TaskAction"
    case actionFields = "ActionFields"
    case importAnswer = "ImportAnswer"
    case unpackedProject = "UnpackedProject"
    case fileUpload = "FileUpload"
    case snapshot = "Snapshot"
    case snapshotFields = "SnapshotFields"
    case label = "Label"
    case labelPage = "LabelPage"
    case newLabel = "NewLabel"
    case labelFields = "LabelFields"
    case labelLink = "LabelLink"
    case labelLinkPage = "LabelLinkPage"
    case labelLinkFields = "LabelLinkFields"
    case labelChange = "LabelChange"
    case labelChangePreview = "LabelChangePreview"
    case labelChangeFields = "LabelChangeFields"
    case exportFormat = "ExportFormat"
    case exportReport = "ExportReport"
    case linkedStorage = "LinkedStorage"
    case linkedStorageFields = "LinkedStorageFields"
    case mlBackend = "MLBackend"
    case mlBackendFields = "MLBackendFields"
    case webhook = "Webhook"
    case webhookFields = "WebhookFields"
    case delivery = "Delivery"
    case webhookTest = "WebhookTest"
    case reason = "Reason"
    case plugin = "Plugin"
    case capability = "Capability"
    case projectPlugin = "ProjectPlugin"
    case projectCapability = "ProjectCapability"
    case capabilities = "Capabilities"
    case panel = "Panel"
    case packageReport = "PackageReport"
    case pluginUpgrade = "PluginUpgrade"
    case auditEntry = "AuditEntry"
    case auditPage = "AuditPage"
    case trashEntry = "TrashEntry"
    case trashPage = "TrashPage"
    case tag = "Tag"
    case metric = "Metric"
    case taskAgreement = "TaskAgreement"
    case projectAgreement = "ProjectAgreement"

    var schema: Schema {
        switch self {
        case .error, .version, .session, .user, .newUser, .userChanges, .token, .tokenSettings:
            accountSchema
        case .organization, .membershipPage: organizationSchema
        case .snapshot, .snapshotFields: snapshotSchema
        case .label, .labelPage, .newLabel, .labelFields, .labelLink, .labelLinkPage,
            .labelLinkFields:
            labelSchema
        case .labelChange, .labelChangePreview, .labelChangeFields: labelChangeSchema
        case .project, .projectFields, .projectPage, .countsPage: projectSchema
        case .task, .listedTask, .nextTask, .taskPage, .taskFields: taskSchema
        case .annotation, .annotationFields, .annotationVersion, .draft, .draftFields,
            .prediction, .predictionFields:
            answerSchema
        case .view, .viewFields, .dataColumn, .taskAction, .actionFields: dataManagerSchema
        case .importAnswer, .unpackedProject, .fileUpload, .exportFormat, .exportReport:
            fileSchema
        case .linkedStorage, .linkedStorageFields: linkedStorageSchema
        case .mlBackend, .mlBackendFields: mlBackendSchema
        case .webhook, .webhookFields, .delivery, .webhookTest: webhookSchema
        case .reason, .plugin, .capability, .projectPlugin, .projectCapability, .capabilities,
            .packageReport, .pluginUpgrade, .panel, .tag:
            pluginSchema
        case .auditEntry, .auditPage: auditSchema
        case .trashEntry, .trashPage: trashSchema
        case .metric, .taskAgreement, .projectAgreement: agreementSchema
        }
    }
}
