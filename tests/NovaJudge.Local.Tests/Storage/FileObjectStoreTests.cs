using NovaJudge.Local.Storage;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Tests.Shared;

namespace NovaJudge.Local.Tests.Storage;

public sealed class FileObjectStoreTests : ObjectStoreContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nova-store-").FullName;

    public FileObjectStoreTests() => Store = new FileObjectStore(_folder);

    protected override IObjectStore Store { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_write_that_fails_leaves_neither_file_nor_folder()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => Store.WriteAsync(
            ObjectKey.Parse("deep/er/object"), (_, _) => throw new InvalidOperationException(), PutCondition.Always, Token));

        Directory.Exists(Path.Combine(_folder, "deep")).ShouldBeFalse();
        Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_last_object_of_a_folder_takes_the_folder_along()
    {
        await Store.WriteTextAsync(ObjectKey.Parse("a/b/c"), "x", Token);

        await Store.DeleteAsync(ObjectKey.Parse("a/b/c"), Token);

        Directory.Exists(Path.Combine(_folder, "a")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_store_that_refuses_says_which_object_and_why()
    {
        await Store.WriteTextAsync(ObjectKey.Parse("file"), "x", Token);

        var refused = await Should.ThrowAsync<PipelineException>(() => Store.WriteTextAsync(ObjectKey.Parse("file/below"), "x", Token));

        refused.ErrorName.ShouldBe(ErrorNames.StoreFailed);
        refused.Message.ShouldContain("file/below");
    }

    [Fact]
    public void What_a_dead_process_was_writing_is_removed_and_nothing_else()
    {
        var temporary = Directory.CreateDirectory(Path.Combine(_folder, ".tmp")).FullName;
        File.WriteAllText(Path.Combine(temporary, $"{int.MaxValue}-dead"), "");
        File.WriteAllText(Path.Combine(temporary, $"{Environment.ProcessId}-mine"), "");

        ((FileObjectStore)Store).RemoveAbandonedWrites();

        Directory.GetFiles(temporary).Select(Path.GetFileName).ShouldBe([$"{Environment.ProcessId}-mine"]);
    }
}
