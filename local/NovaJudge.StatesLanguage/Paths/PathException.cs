namespace NovaJudge.StatesLanguage.Paths;

/// <summary>A path that selects nothing where something is required; the message is worded as the Java library Jayway JsonPath words it.</summary>
internal sealed class PathException(string message) : Exception(message);

/// <summary>A path whose text is no path.</summary>
internal sealed class PathSyntaxException(string message) : Exception(message);
