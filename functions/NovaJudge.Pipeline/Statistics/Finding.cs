using System.Diagnostics.CodeAnalysis;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// A figure, or the reason why the data cannot give it. A withheld figure is its own case: never 0, never NaN.
/// </summary>
public readonly record struct Finding<T>
    where T : notnull
{
    private readonly T? value;
    private readonly string? reason;

    internal Finding(T value) => (this.value, IsKnown) = (value, true);

    internal Finding(string? reason) => this.reason = reason;

    /// <summary>False for the default value too.</summary>
    public bool IsKnown { get; }

    /// <summary>Why there is no figure, as the end of the sentence "withheld because ..."; null when there is one.</summary>
    public string? WithheldBecause => IsKnown ? null : reason ?? "it was never computed";

    /// <summary>The figure; reading a withheld one is a programming error and throws.</summary>
    public T Value => IsKnown ? value! : throw new InvalidOperationException($"Withheld because {WithheldBecause}.");

    public bool TryGet([MaybeNullWhen(false)] out T known)
    {
        known = value;
        return IsKnown;
    }

    /// <summary>Another figure made from this one; a withheld one stays withheld for the same reason.</summary>
    public Finding<TOther> Then<TOther>(Func<T, TOther> next)
        where TOther : notnull => IsKnown ? new(next(value!)) : new(reason);

    public override string ToString() => IsKnown ? value!.ToString() ?? "" : $"withheld because {WithheldBecause}";
}

/// <summary>Makes findings.</summary>
public static class Finding
{
    public static Finding<T> Of<T>(T value)
        where T : notnull => new(value);

    /// <param name="because">The end of the sentence "withheld because ...".</param>
    public static Finding<T> Withheld<T>(string because)
        where T : notnull => new(because);

    /// <summary>The figure, or null where it is withheld: for files, which say the reason elsewhere.</summary>
    public static T? OrNull<T>(this Finding<T> finding)
        where T : struct => finding.TryGet(out var value) ? value : null;
}
