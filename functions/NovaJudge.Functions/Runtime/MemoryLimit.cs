using System.Globalization;

namespace NovaJudge.Functions.Runtime;

/// <summary>Tells the garbage collector how much memory the function has: inside the sandbox it would see the whole machine's.</summary>
internal static class MemoryLimit
{
    /// <summary>Share for managed objects, the one .NET uses inside containers; the rest is for code, stacks, sockets and Skia's bitmaps.</summary>
    private const int ManagedPercent = 75;

    /// <summary>Bytes of managed memory for a function of that many MB; <c>null</c> when the text is no number.</summary>
    public static ulong? Bytes(string? megabytes) =>
        ulong.TryParse(megabytes, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0 ? size * 1024 * 1024 * ManagedPercent / 100 : null;

    public static void Apply(string? megabytes)
    {
        if (Bytes(megabytes) is { } limit)
        {
            AppContext.SetData("GCHeapHardLimit", limit);
            GC.RefreshMemoryLimit();
        }
    }
}
