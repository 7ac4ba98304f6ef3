using System.Runtime.InteropServices;

namespace NovaJudge.Local.Storage;

/// <summary>
/// Gives a file its final name unless that name is taken, in one step. File.Move does not: on Unix .NET looks whether the name is
/// free and then renames, so that two writers at once may both believe that theirs was first.
/// </summary>
internal static class ExclusiveMove
{
    /// <summary>Moves the file, or leaves it where it is: false when the name is taken.</summary>
    public static bool TryMove(string from, string to)
    {
        if (!OperatingSystem.IsWindows())
        {
            // link(2) fails when the new name exists, whoever made it; the old name is deleted afterwards.
            if (Link(from, to) == 0)
            {
                File.Delete(from);
                return true;
            }

            if (File.Exists(to))
            {
                return false;
            }
        }

        // Windows, whose move is exclusive; a folder that is missing; or a file system that knows no hard links.
        try
        {
            File.Move(from, to, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(to))
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);
}
