using NovaJudge.Local.Commands;

namespace NovaJudge.Local.Tests;

public sealed class PrintableTextTests
{
    [Theory]
    [InlineData("bad key \u001b[2J\u001b]0;title\u0007", "bad key \uFFFD[2J\uFFFD]0;title\uFFFD")]
    [InlineData("gpj.\u202Eexe\u2066", "gpj.\uFFFDexe\uFFFD")]
    [InlineData("\u009b31m", "\uFFFD31m")]
    [InlineData("two\r\nlines\tand ‚Ümläute‘ 👩‍🔬", "two\r\nlines\tand ‚Ümläute‘ 👩‍🔬")]
    [InlineData("", "")]
    public void A_terminal_is_told_nothing_by_what_servers_and_files_say(string text, string printed) =>
        Text.Printable(text).ShouldBe(printed);
}
