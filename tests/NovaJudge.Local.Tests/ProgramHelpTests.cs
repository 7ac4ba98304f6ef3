using NovaJudge.Local.Commands;

namespace NovaJudge.Local.Tests;

public sealed class ProgramHelpTests
{
    [Fact]
    public void Usage_names_the_program_as_people_type_it()
    {
        ProgramHelp.Rewrite("Usage:\n  nova plan [options]\n\nOptions:\n  --nova <X>  As nova does.\n", "nova", "./nova")
            .ShouldBe("Usage:\n  ./nova plan [options]\n\nOptions:\n  --nova <X>  As nova does.\n");
    }

    [Theory]
    [InlineData("  --size <N>  How many. Default 240. [default: 240]\n", "  --size <N>  How many. Default 240.\n")]
    [InlineData("  --store <DIR>  Folder. Default: nova-data,\n                 in this folder. [default:\n                 nova-data]\n", "  --store <DIR>  Folder. Default: nova-data,\n                 in this folder.\n")]
    [InlineData("  --name-a <NAME>  Who A is. [default: Model A]\n", "  --name-a <NAME>  Who A is. [default: Model A]\n")]
    [InlineData("  --seed <N>  Default none.\n  --name-a <NAME>  Who A is. [default: Model A]\n", "  --seed <N>  Default none.\n  --name-a <NAME>  Who A is. [default: Model A]\n")]
    public void A_default_is_told_once(string help, string told) => ProgramHelp.Rewrite(help, "nova", "nova").ShouldBe(told);
}
