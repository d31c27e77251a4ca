using System.Text.RegularExpressions;
using BatchGateway.Cli.Output;

namespace BatchGateway.Cli.Running;

/// <summary>Tells notices, but not the same one of every shard: of an outage a thousand shards have the same to say, again and again.</summary>
internal sealed partial class NewNotices(Screen screen, TimeProvider clock)
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, long> _told = [];

    public void Tell(IEnumerable<string> notices)
    {
        foreach (string notice in notices)
        {
            string gist = Details().Replace(notice, "#");
            if (_told.TryGetValue(gist, out long at) && clock.GetElapsedTime(at) < Silence)
                continue;

            _told[gist] = clock.GetTimestamp();
            screen.Note("Note", RunWords.WithoutMethods(notice));
        }
    }

    /// <summary>Numbers and ids: what tells two shards apart, and two tries.</summary>
    [GeneratedRegex(@"'[^']*'|\S*\d\S*")]
    private static partial Regex Details();
}
