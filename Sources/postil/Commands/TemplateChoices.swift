public import ArgumentParser
public import PluginAuthoring

// The words that `postil plugin new` takes.

extension TemplateCapability: ExpressibleByArgument {}
extension TemplateLanguage: ExpressibleByArgument {}
