namespace NovaJudge.StatesLanguage.Intrinsics;

/// <summary>A function that cannot be applied to its arguments: States.IntrinsicFailure.</summary>
internal sealed class IntrinsicException(string message) : Exception(message);

/// <summary>A text that is no call of an intrinsic function.</summary>
internal sealed class IntrinsicSyntaxException(string message) : Exception(message);
