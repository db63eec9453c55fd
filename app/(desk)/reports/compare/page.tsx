import { OpenDifferences } from '@/components/desk/compare/difference-list';

export default function ComparePage() {
  return <OpenDifferences />;
}
