namespace NovaJudge.Reports.Figures;

/// <summary>What a colour is for; a <see cref="FigureTheme"/> says which colour that is.</summary>
internal enum Ink
{
    Backdrop,
    Card,
    Border,
    Text,
    Muted,
    Grid,
    Stripe,
    A,
    B,
    Tie,
    Inconsistent,
    Error,
    SoftA,
    SoftB,
}

/// <summary>How the inks are called in the classes of an inline SVG.</summary>
internal static class InkNames
{
    public static IReadOnlyList<Ink> All { get; } = Enum.GetValues<Ink>();

    public static string ClassOf(Ink ink) => ink switch
    {
        Ink.Backdrop => "backdrop",
        Ink.Card => "card",
        Ink.Border => "border",
        Ink.Text => "text",
        Ink.Muted => "muted",
        Ink.Grid => "grid",
        Ink.Stripe => "stripe",
        Ink.A => "a",
        Ink.B => "b",
        Ink.Tie => "tie",
        Ink.Inconsistent => "inconsistent",
        Ink.Error => "error",
        Ink.SoftA => "soft-a",
        Ink.SoftB => "soft-b",
        _ => throw new ArgumentOutOfRangeException(nameof(ink), ink, null),
    };
}
