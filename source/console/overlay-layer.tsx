import {memo} from 'react';

export const OverlayLayer = memo(() => null);
OverlayLayer.displayName = 'OverlayLayer';
