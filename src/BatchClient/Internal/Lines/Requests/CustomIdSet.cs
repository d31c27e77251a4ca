using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BatchGateway.Internal.Lines;

/// <summary>
/// Which custom ids there were: hashes of 52 bits, in 7 to 9 bytes each of memory outside of the garbage collector's. An equal hash is a
/// suspect, which the lines themselves settle; one in two thousand inputs of two million lines has one that is none. Where the lines cannot
/// be read again, 128 bits make it certain enough, in 19 to 24 bytes.
/// </summary>
internal sealed unsafe class CustomIdSet : IDisposable
{
    private const int PartitionBits = 4;
    private const int NarrowBytes = 6;
    private const int WideBytes = 2 * sizeof(ulong);

    // Full enough to be small, and growing in small steps, one partition at a time. A partition is large enough from the beginning for the
    // allocator to give it back to the system whole: small pieces that it keeps would cost as much as the table.
    private const double MaxLoad = 0.85;
    private const double Growth = 1.25;
    private const int FirstCapacity = 24 << 10;

    private readonly Partition[] _partitions = new Partition[1 << PartitionBits];
    private readonly KeyedHash _hash;
    private readonly KeyedHash _secondHash;
    private readonly bool _isWide;
    private readonly int _slotBytes;
    private readonly ulong _mask;

    /// <summary>Makes an empty set.</summary>
    /// <param name="isFinal">Whether what it says cannot be checked afterwards, so that it must not be wrong.</param>
    public CustomIdSet(bool isFinal)
        : this(isFinal, KeyedHash.NewRandom(), KeyedHash.NewRandom())
    {
    }

    /// <summary>Makes an empty set with hashes of the caller's.</summary>
    public CustomIdSet(bool isFinal, KeyedHash hash, KeyedHash secondHash)
    {
        _isWide = isFinal;
        _slotBytes = isFinal ? WideBytes : NarrowBytes;
        _mask = isFinal ? ulong.MaxValue : (1UL << (NarrowBytes * 8)) - 1;
        _hash = hash;
        _secondHash = secondHash;
    }

    ~CustomIdSet() => Free();

    /// <summary>How much memory the table takes, in bytes.</summary>
    public long Size => _partitions.Sum(partition => (long)partition.Capacity) * _slotBytes;

    /// <summary>Adds an id.</summary>
    /// <returns>False when it was there already, or another one with the same hash.</returns>
    public bool Add(ReadOnlySpan<byte> id)
    {
        ulong hash = _hash.Of(id);
        ulong second = _isWide ? _secondHash.Of(id) : 0;
        ref Partition partition = ref _partitions[hash >> (64 - PartitionBits)];
        if (partition.Count >= partition.Capacity * MaxLoad)
            Grow(ref partition);

        // Zero is what an empty slot holds.
        ulong first = Math.Max(hash & _mask, 1);
        byte* slot = Find(partition, first, second);
        if (FirstIn(slot) != 0)
            return false;

        Fill(slot, first, second);
        partition.Count++;
        return true;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>The slot that holds the hash, or the empty one where it belongs.</summary>
    private byte* Find(in Partition partition, ulong first, ulong second)
    {
        byte* end = partition.Slots + ((long)partition.Capacity * _slotBytes);
        ulong spread = first << (_isWide ? PartitionBits : 64 - (NarrowBytes * 8));
        byte* slot = partition.Slots + (Math.BigMul(spread, (ulong)partition.Capacity, out _) * (ulong)_slotBytes);
        while (FirstIn(slot) is not 0 and ulong other && (other != first || (_isWide && SecondIn(slot) != second)))
        {
            slot += _slotBytes;
            if (slot == end)
                slot = partition.Slots;
        }

        return slot;
    }

    private ulong FirstIn(byte* slot) => Unsafe.ReadUnaligned<ulong>(slot) & _mask;

    private ulong SecondIn(byte* slot) => _isWide ? Unsafe.ReadUnaligned<ulong>(slot + sizeof(ulong)) : 0;

    private void Fill(byte* slot, ulong first, ulong second)
    {
        new ReadOnlySpan<byte>(&first, Math.Min(_slotBytes, sizeof(ulong))).CopyTo(new Span<byte>(slot, sizeof(ulong)));
        if (_isWide)
            Unsafe.WriteUnaligned(slot + sizeof(ulong), second);
    }

    private void Grow(ref Partition partition)
    {
        int capacity = Math.Max(FirstCapacity, (int)Math.Min(partition.Capacity * Growth, Array.MaxLength));
        Partition grown = new() { Capacity = capacity, Count = partition.Count };
        // A slot is read as a whole word: the last one needs room behind it.
        grown.Slots = (byte*)NativeMemory.AllocZeroed(((nuint)capacity * (nuint)_slotBytes) + sizeof(ulong));
        byte* end = partition.Slots + ((long)partition.Capacity * _slotBytes);
        for (byte* slot = partition.Slots; slot != end; slot += _slotBytes)
        {
            if (FirstIn(slot) is not 0 and ulong first)
                Fill(Find(grown, first, SecondIn(slot)), first, SecondIn(slot));
        }

        NativeMemory.Free(partition.Slots);
        partition = grown;
    }

    private void Free()
    {
        foreach (ref Partition partition in _partitions.AsSpan())
        {
            NativeMemory.Free(partition.Slots);
            partition = default;
        }
    }

    private struct Partition
    {
        public byte* Slots;
        public int Capacity;
        public int Count;
    }
}
