public import Contracts
public import LabelModel

// What tools for authors ask of a package beyond what a host does.

extension PluginInspection {
    /// Settings with the schema's defaults filled in.
    ///
    /// - Throws: `settings_invalid` with the place of the mistake.
    public func settings(
        _ given: RawJSON,
        for capability: PluginManifest.Capability
    ) throws(PluginError) -> RawJSON {
        try SettingsCheck.checked(
            given,
            capability,
            of: plugin ?? PluginVersion(id: "", version: "")
        )
    }
}
