using System.Text.Json;
using BatchGateway.Internal.Files;
using Microsoft.Win32.SafeHandles;

namespace BatchGateway.Internal.Lines;

/// <summary>Checks a JSONL file that is there already, in one pass.</summary>
internal sealed class RequestFileCheck : IEarlierLines, IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly RequestLineRules _rules;
    private readonly RequestParts _parts;

    private RequestFileCheck(SafeFileHandle file, BatchLimits limits, CustomIdSet? ids)
    {
        _file = file;
        _rules = new RequestLineRules(limits, this, ids: ids);
        _parts = new RequestParts(limits, _rules, most: 1);
    }

    public static async Task<BatchRequestFile> RunAsync(
        string path, BatchLimits limits, CancellationToken cancellationToken, CustomIdSet? ids = null)
    {
        FileStream file = LocalFiles.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            // Asked before the first line is read: a file that is changed meanwhile must not be taken for the one that was checked.
            DateTime writtenAt = File.GetLastWriteTimeUtc(file.SafeFileHandle);
            using RequestFileCheck check = new(file.SafeFileHandle, limits, ids);
            LineReader reader = LineReader.Ahead(file);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.MoveNextAsync(cancellationToken).ConfigureAwait(false))
                    check.Check(reader.Current);
            }

            check._parts.Balance();
            return new BatchRequestFile(file.Name, check._parts.All[0], check._rules, writtenAt);
        }
    }

    /// <summary>The first line that has the custom id; the line that asks has it too, at the latest.</summary>
    public long? Find(ReadOnlySpan<byte> customId) =>
        new RequestSearch().Find(_file, long.MaxValue, customId) is { } number && number < _rules.Number ? number : null;

    public void Dispose() => _rules.Dispose();

    private void Check(LineCutter line)
    {
        long number = _rules.NextNumber();
        if (line.HasBom)
            throw _rules.Broken(
                BatchErrorCode.InvalidJsonLine,
                number,
                null,
                "begins with a byte order mark, which servers take for a part of it: save the file without");
        if (line.IsTooLong)
            throw _rules.Broken(BatchErrorCode.FileTooLarge, number, null, LineCutter.TooLongProblem);
        if (line.IsBlank)
            throw _rules.Broken(BatchErrorCode.InvalidJsonLine, number, null, "is blank: take it out");

        RequestFacts facts = Facts(line.Line, number);
        _rules.Check(facts, line.Line, number);
        _parts.Add(new RequestLine(number, 0, (int)line.Length, facts), line.Line);
    }

    private RequestFacts Facts(ReadOnlySpan<byte> line, long number)
    {
        try
        {
            return RequestFacts.Of(line);
        }
        catch (JsonException exception)
        {
            throw _rules.Broken(
                BatchErrorCode.InvalidJsonLine,
                number,
                ResultEnvelope.FindCustomId(line).TextIn(line),
                $"is not one JSON object ({exception.Message.TrimEnd('.')})",
                exception);
        }
    }
}
