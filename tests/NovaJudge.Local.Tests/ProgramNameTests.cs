namespace NovaJudge.Local.Tests;

public sealed class ProgramNameTests
{
    [Theory]
    [InlineData("./nova", "/repo/artifacts/publish/nova", "/repo/artifacts/publish/", "./nova")]
    [InlineData(".\\nova", "C:\\repo\\artifacts\\nova.exe", "C:\\repo\\artifacts\\", ".\\nova")]
    [InlineData(null, "/home/me/.dotnet/tools/nova-judge", "/home/me/.dotnet/tools/.store/nova-judge/1/tools/any/", "nova-judge")]
    [InlineData(null, "C:\\Users\\me\\.dotnet\\tools\\nova-judge.exe", "C:\\x\\", "nova-judge")]
    [InlineData(null, "/usr/bin/dotnet", "/home/me/.nuget/packages/nova-judge/1.0.0/tools/net10.0/any/", "dotnet nova-judge")]
    [InlineData(null, "/repo/artifacts/bin/NovaJudge.Local/release/nova", "/x/", "nova")]
    [InlineData("rm -rf ~; nova", "/x/nova", "/x/", "nova")]
    [InlineData("nova\n", "/x/nova", "/x/", "nova")]
    [InlineData(null, null, "/x/", "nova")]
    public void People_read_the_name_that_they_can_type(string? calledBy, string? process, string folder, string expected) =>
        ProgramName.Of(calledBy, process, folder).ShouldBe(expected);
}
