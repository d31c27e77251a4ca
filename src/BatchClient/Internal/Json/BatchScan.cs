using System.Runtime.CompilerServices;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Internal.Json;

/// <summary>
/// Reads batches of the usual shape by our own scanner: who waits asks for one again and again. Whatever is unusual, and whatever is broken,
/// goes to System.Text.Json, which has the last word on what it means.
/// </summary>
internal ref struct BatchScan
{
    // Few words stand there, and mostly those of the last answer. Threads may overwrite each other's: it is only a string less to make.
    private static string? _lastObject;
    private static string? _lastEndpoint;
    private static string? _lastModel;
    private static string? _lastWindow;
    private static string? _lastStatus;

    private readonly ReadOnlyMemory<byte> _json;
    private JsonScanner _scanner;
    private TextPad _pad;

    private BatchScan(ReadOnlyMemory<byte> json)
    {
        _json = json;
        _scanner = new JsonScanner(json.Span);
        _pad = new TextPad(json.Length);
    }

    /// <summary>The batch if it looks as batches usually do; null else.</summary>
    /// <param name="json">The object.</param>
    /// <param name="expectedId">The id that it probably has: the one that was asked for.</param>
    public static Batch? Read(ReadOnlyMemory<byte> json, string? expectedId)
    {
        BatchScan scan = new(json);
        try
        {
            Batch? batch = scan.ReadBatch(expectedId);
            return scan._scanner.IsAtEnd ? batch : null;
        }
        finally
        {
            scan.Dispose();
        }
    }

    public readonly void Dispose() => _pad.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Batch? ReadBatch(string? expectedId)
    {
        string? id = null, kind = null, endpoint = null, model = null, window = null, status = null;
        string? input = null, output = null, errors = null;
        DateTimeOffset? created = null, started = null, expires = null, finalizing = null, completed = null;
        DateTimeOffset? failed = null, expired = null, cancelling = null, cancelled = null;
        BatchRequestCounts? counts = null;
        TokenUsage? usage = null;
        ReadOnlyMemory<byte> metadata = default;
        bool hasUnknown = false;
        int seen = 0;
        _scanner.Enter('{');
        while (_scanner.NextMember(out ReadOnlySpan<byte> name))
        {
            if (_scanner.Is(name, "id"u8, ref seen, 1 << 0))
                id = _scanner.ReadWord(ref _pad, ref expectedId);
            else if (_scanner.Is(name, "object"u8, ref seen, 1 << 1))
                kind = _scanner.ReadWord(ref _pad, ref _lastObject);
            else if (_scanner.Is(name, "endpoint"u8, ref seen, 1 << 2))
                endpoint = _scanner.ReadWord(ref _pad, ref _lastEndpoint);
            else if (_scanner.Is(name, "model"u8, ref seen, 1 << 3))
                model = _scanner.ReadWord(ref _pad, ref _lastModel);
            else if (_scanner.Is(name, "errors"u8, ref seen, 1 << 4))
                RequireNull();
            else if (_scanner.Is(name, "input_file_id"u8, ref seen, 1 << 5))
                input = ReadFileId();
            else if (_scanner.Is(name, "completion_window"u8, ref seen, 1 << 6))
                window = _scanner.ReadWord(ref _pad, ref _lastWindow);
            else if (_scanner.Is(name, "status"u8, ref seen, 1 << 7))
                status = _scanner.ReadWord(ref _pad, ref _lastStatus);
            else if (_scanner.Is(name, "output_file_id"u8, ref seen, 1 << 8))
                output = ReadFileId();
            else if (_scanner.Is(name, "error_file_id"u8, ref seen, 1 << 9))
                errors = ReadFileId();
            else if (_scanner.Is(name, "created_at"u8, ref seen, 1 << 10))
                created = ReadTime();
            else if (_scanner.Is(name, "in_progress_at"u8, ref seen, 1 << 11))
                started = ReadTime();
            else if (_scanner.Is(name, "expires_at"u8, ref seen, 1 << 12))
                expires = ReadTime();
            else if (_scanner.Is(name, "finalizing_at"u8, ref seen, 1 << 13))
                finalizing = ReadTime();
            else if (_scanner.Is(name, "completed_at"u8, ref seen, 1 << 14))
                completed = ReadTime();
            else if (_scanner.Is(name, "failed_at"u8, ref seen, 1 << 15))
                failed = ReadTime();
            else if (_scanner.Is(name, "expired_at"u8, ref seen, 1 << 16))
                expired = ReadTime();
            else if (_scanner.Is(name, "cancelling_at"u8, ref seen, 1 << 17))
                cancelling = ReadTime();
            else if (_scanner.Is(name, "cancelled_at"u8, ref seen, 1 << 18))
                cancelled = ReadTime();
            else if (_scanner.Is(name, "request_counts"u8, ref seen, 1 << 19))
                counts = _scanner.IsNull() ? null : ReadCounts();
            else if (_scanner.Is(name, "usage"u8, ref seen, 1 << 20))
                usage = _scanner.IsNull() ? null : ReadUsage();
            else if (_scanner.Is(name, "metadata"u8, ref seen, 1 << 21))
                metadata = ReadUnread();
            else
                SkipAny(name, out hasUnknown);
        }

        // Without an id it is no batch, and why not is for System.Text.Json to say.
        return id is null || _scanner.GaveUp ? null : new Batch
        {
            Id = id,
            Object = kind,
            Endpoint = new BatchEndpoint(endpoint),
            Model = model,
            InputFileId = input,
            CompletionWindow = window,
            Status = new BatchStatus(status),
            OutputFileId = output,
            ErrorFileId = errors,
            CreatedAt = created,
            InProgressAt = started,
            ExpiresAt = expires,
            FinalizingAt = finalizing,
            CompletedAt = completed,
            FailedAt = failed,
            ExpiredAt = expired,
            CancellingAt = cancelling,
            CancelledAt = cancelled,
            RequestCounts = counts,
            Usage = usage,
            UnreadMetadata = metadata,
            UnreadMembers = hasUnknown ? _json : default,
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private BatchRequestCounts ReadCounts()
    {
        long? total = null, completed = null, failed = null;
        int seen = 0;
        _scanner.Enter('{');
        while (_scanner.NextMember(out ReadOnlySpan<byte> name))
        {
            if (_scanner.Is(name, "total"u8, ref seen, 1))
                total = _scanner.ReadNumber();
            else if (_scanner.Is(name, "completed"u8, ref seen, 2))
                completed = _scanner.ReadNumber();
            else if (_scanner.Is(name, "failed"u8, ref seen, 4))
                failed = _scanner.ReadNumber();
            else
                _scanner.GiveUp();
        }

        return new BatchRequestCounts { Total = total, Completed = completed, Failed = failed };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private TokenUsage ReadUsage()
    {
        long? input = null, output = null, total = null;
        bool hasUnknown = false;
        int start = Start(), seen = 0;
        _scanner.Enter('{');
        while (_scanner.NextMember(out ReadOnlySpan<byte> name))
        {
            if (_scanner.Is(name, "input_tokens"u8, ref seen, 1))
                input = _scanner.ReadNumber();
            else if (_scanner.Is(name, "output_tokens"u8, ref seen, 2))
                output = _scanner.ReadNumber();
            else if (_scanner.Is(name, "total_tokens"u8, ref seen, 4))
                total = _scanner.ReadNumber();
            else if (name.StartsWith("prompt_"u8) || name.StartsWith("completion_"u8))
                _scanner.GiveUp();
            else
                SkipAny(name, out hasUnknown);
        }

        return new TokenUsage
        {
            InputTokensMember = input,
            OutputTokensMember = output,
            TotalTokens = total,
            UnreadMembers = hasUnknown && !_scanner.GaveUp ? _json[start.._scanner.Position] : default,
        };
    }

    /// <summary>Some gateways say <c>""</c> or <c>"None"</c> where they mean null.</summary>
    private string? ReadFileId() => _scanner.ReadString(ref _pad) is { Length: > 0 } id && id != "None" ? id : null;

    private DateTimeOffset? ReadTime() => _scanner.ReadNumber() is { } seconds ? TolerantTimeConverter.FromUnix(seconds) : null;

    private ReadOnlyMemory<byte> ReadUnread()
    {
        if (_scanner.IsNull())
            return default;

        int start = Start();
        _scanner.Skip();
        return _scanner.GaveUp ? default : _json[start.._scanner.Position];
    }

    private void RequireNull()
    {
        if (!_scanner.IsNull())
            _scanner.GiveUp();
    }

    private int Start()
    {
        _scanner.Peek();
        return _scanner.Position;
    }

    private void SkipAny(ReadOnlySpan<byte> name, out bool wasThere)
    {
        _scanner.SkipMember(name);
        wasThere = true;
    }
}
